#include "truel/output/json.hpp"
#include "truel/output/output.hpp"

#ifdef TRUEL_REPORT_TEMPLATE
// The assembler puts the built page into the read-only data of the library, byte for byte.
__asm__(
    ".pushsection .rodata\n"
    ".hidden truel_report_template\n"
    ".global truel_report_template\n"
    "truel_report_template:\n"
    ".incbin \"" TRUEL_REPORT_TEMPLATE
    "\"\n"
    ".hidden truel_report_template_end\n"
    ".global truel_report_template_end\n"
    "truel_report_template_end:\n"
    ".popsection\n");
extern const char kReportTemplate[] __asm__("truel_report_template");
extern const char kReportTemplateEnd[] __asm__("truel_report_template_end");
#endif
#ifdef TRUEL_ENGINE_MODULE
// Likewise the engine as WebAssembly, packed.
__asm__(
    ".pushsection .rodata\n"
    ".hidden truel_engine_module\n"
    ".global truel_engine_module\n"
    "truel_engine_module:\n"
    ".incbin \"" TRUEL_ENGINE_MODULE
    "\"\n"
    ".hidden truel_engine_module_end\n"
    ".global truel_engine_module_end\n"
    "truel_engine_module_end:\n"
    ".popsection\n");
extern const char kEngineModule[] __asm__("truel_engine_module");
extern const char kEngineModuleEnd[] __asm__("truel_engine_module_end");
#endif

namespace truel::output {
namespace {

constexpr std::string_view kPlaceholder = "\"@TRUEL_DATA@\"";
constexpr std::string_view kEnginePlaceholder = "\"@TRUEL_ENGINE@\"";

std::string_view page() {
#ifdef TRUEL_REPORT_TEMPLATE
  return {kReportTemplate, static_cast<std::size_t>(kReportTemplateEnd - kReportTemplate)};
#else
  return {};
#endif
}

std::string_view module() {
#ifdef TRUEL_ENGINE_MODULE
  return {kEngineModule, static_cast<std::size_t>(kEngineModuleEnd - kEngineModule)};
#else
  return {};
#endif
}

/// The engine and what it is to be asked of, or null.
std::string engine_json(const Texts& package) {
  if (package.empty() || module().empty()) {
    return "null";
  }
  Json files = Json::object();
  for (const auto& [name, bytes] : package) {
    files[name] = bytes;
  }
  return text_of({{"files", std::move(files)}, {"module", module()}}, -1);
}

void add_script_text(std::string_view json, std::string& out) {
  for (const char c : json) {  // `<` could end the script element that holds the data
    if (c == '<') {
      out += "\\u003c";
    } else {
      out += c;
    }
  }
}

}  // namespace

std::string report_html(std::string_view json, const Texts& package) {
  const std::string_view whole = page();
  if (whole.empty()) {
    return "";
  }
  const auto hole = whole.find(kPlaceholder);
  const auto engine_hole = whole.find(kEnginePlaceholder);
  TRUEL_CHECK(hole != std::string_view::npos && engine_hole != std::string_view::npos && hole < engine_hole);
  const std::string engine = engine_json(package);
  std::string out;
  out.reserve(whole.size() + json.size() + json.size() / 16 + engine.size() + engine.size() / 16);
  out += whole.substr(0, hole);
  add_script_text(json, out);
  const auto behind = hole + kPlaceholder.size();
  out += whole.substr(behind, engine_hole - behind);
  add_script_text(engine, out);
  out += whole.substr(engine_hole + kEnginePlaceholder.size());
  return out;
}

}  // namespace truel::output
