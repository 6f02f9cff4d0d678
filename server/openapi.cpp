#include "openapi.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "truel/ensemble/compare/compare.hpp"

namespace truel::server {

std::string openapi() {
  const std::string kinds = fmt::format("\"{}\"", fmt::join(ensemble::compared_kinds(), "\", \""));
  return R"({
"openapi": "3.1.0",
"info": {"title": "truel serve", "version": "1", "description": "What would change if a number of a war were another one."},
"security": [{"link": []}, {"bearer": []}],
"paths": {
  "/api/wars": {"get": {"summary": "The wars that are served",
    "responses": {"200": {"description": "{\"wars\": [{\"number\", \"title\", \"is_draft\"}]}"}, "403": {"$ref": "#/components/responses/Mistakes"}}},
    "post": {"summary": "Takes a war among those that can be asked", "description": "It is kept in memory until the server ends, or eight more have been taken. Nothing is written.",
    "requestBody": {"$ref": "#/components/requestBodies/Draft"},
    "responses": {"201": {"description": "{\"number\"}"}, "400": {"$ref": "#/components/responses/Mistakes"}, "403": {"$ref": "#/components/responses/Mistakes"},
      "413": {"$ref": "#/components/responses/Mistakes"}, "422": {"$ref": "#/components/responses/Mistakes"}, "503": {"$ref": "#/components/responses/Mistakes"}}}},
  "/api/check": {"post": {"summary": "Every mistake of a war, as truel check lists them", "description": "Four are checked at a time.",
    "requestBody": {"$ref": "#/components/requestBodies/Draft"},
    "responses": {"200": {"description": "{\"errors\": [...], \"warnings\": [...]}, each with file, line and column, counted from 1"},
      "400": {"$ref": "#/components/responses/Mistakes"}, "403": {"$ref": "#/components/responses/Mistakes"}, "413": {"$ref": "#/components/responses/Mistakes"}, "503": {"$ref": "#/components/responses/Mistakes"}}}},
  "/api/wars/{number}/files": {"get": {"summary": "The files of a war", "parameters": [{"$ref": "#/components/parameters/number"}],
    "responses": {"200": {"description": "{\"files\": {name: text}}"}, "403": {"$ref": "#/components/responses/Mistakes"}, "404": {"$ref": "#/components/responses/Mistakes"},
      "413": {"$ref": "#/components/responses/Mistakes"}}}},
  "/api/wars/{number}": {"get": {"summary": "A war: actors, places, accounts, and every number that can be turned",
    "parameters": [{"$ref": "#/components/parameters/number"}],
    "responses": {"200": {"description": "\"dials\" has path, kind, unit, meaning, slider's ends, bounds and basis of each number; of a day (kind date) ends and bounds are YYYY-MM-DD, as settings take them. \"claims\", \"conflicts\", \"sources\" and \"numbers\" are what they rest on; \"analysis\", with --analysis alone, is what runs start from and the day on which they begin"},
      "404": {"$ref": "#/components/responses/Mistakes"}}}},
  "/api/wars/{number}/what-if": {"post": {"summary": "The war as it is against the war with some numbers changed, in pairs of runs",
    "description": "Answers as soon as a few pairs are done and again as more are, a JSON object a line. The last line is what truel compare --json prints for the same settings, runs and seed 1, with the places besides. A newer question of the same session ends the older one; two minutes end any.",
    "parameters": [{"$ref": "#/components/parameters/number"}],
    "requestBody": {"required": true, "content": {"application/json": {"schema": {"type": "object", "additionalProperties": false, "properties": {
      "against": {"type": "array", "maxItems": 32, "items": {"type": "string", "maxLength": 300}, "description": "accounts that override the first side's values"},
      "against_settings": {"type": "array", "maxItems": 500, "items": {"type": "string", "maxLength": 300}, "description": "path=value, overrides on the first side"},
      "accounts": {"type": "array", "maxItems": 32, "items": {"type": "string", "maxLength": 300}, "description": "accounts that override the second side's values"},
      "settings": {"type": "array", "maxItems": 500, "items": {"type": "string", "maxLength": 300}, "description": "path=value, as --set-b of the program; overrides on the second side"},
      "against_united": {"$ref": "#/components/schemas/United"},
      "united": {"$ref": "#/components/schemas/United"},
      "until": {"type": "string", "format": "date", "description": "last day instead of the scenario's"},
      "pairs": {"type": "integer", "minimum": 2, "maximum": 2000, "default": 200, "description": "with until_sure the most"},
      "until_sure": {"type": "array", "maxItems": 10, "items": {"enum": [)" +
         kinds +
         R"(]}, "description": "as --until-sure of the program: no more pairs than make every difference in these outcomes sure"},
      "session": {"type": "string", "maxLength": 300, "description": "any text that is this reader's own"}}}}}},
    "responses": {"200": {"description": "a JSON object a line; {\"errors\": [...]} where the settings are refused", "content": {"application/x-ndjson": {}}},
      "400": {"$ref": "#/components/responses/Mistakes"}, "403": {"$ref": "#/components/responses/Mistakes"},
      "404": {"$ref": "#/components/responses/Mistakes"}, "413": {"$ref": "#/components/responses/Mistakes"},
      "503": {"$ref": "#/components/responses/Mistakes"}}}}
},
"components": {
  "parameters": {"number": {"name": "number", "in": "path", "required": true, "schema": {"type": "integer", "minimum": 0}}},
  "requestBodies": {"Draft": {"required": true, "content": {"application/json": {"schema": {"type": "object", "additionalProperties": false, "required": ["files"], "properties": {
    "files": {"type": "object", "maxProperties": 64, "additionalProperties": {"type": "string"}, "description": "the texts of the package's files by name, 256 kB together"}}}}}}},
  "schemas": {"United": {"type": "object", "additionalProperties": false, "required": ["actor", "way"], "description": "the enemies of an actor stand together, as truel compare --if-united has it, from the first day on or from another one (from); of the first side against_united, of the second united",
    "properties": {"actor": {"type": "string", "maxLength": 300}, "way": {"enum": ["truce", "coordinated", "one_command"]}, "from": {"type": "string", "format": "date"}}}},
  "responses": {"Mistakes": {"description": "{\"errors\": [{\"where\", \"file\", \"line\", \"column\", \"what\", \"hint\"}]}", "content": {"application/json": {}}}},
  "securitySchemes": {
    "link": {"type": "apiKey", "in": "query", "name": "token"},
    "bearer": {"type": "http", "scheme": "bearer"}}
}
})";
}

}  // namespace truel::server
