// What a program may ask of the server.
#pragma once

namespace truel::server {

/// The calls in OpenAPI 3.1, as JSON.
std::string openapi();

}  // namespace truel::server
