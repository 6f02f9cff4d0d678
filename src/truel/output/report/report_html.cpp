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

namespace truel::output {
namespace {

constexpr std::string_view kPlaceholder = "\"@TRUEL_DATA@\"";

std::string_view page() {
#ifdef TRUEL_REPORT_TEMPLATE
  return {kReportTemplate, static_cast<std::size_t>(kReportTemplateEnd - kReportTemplate)};
#else
  return {};
#endif
}

}  // namespace

std::string report_html(std::string_view json) {
  const std::string_view whole = page();
  if (whole.empty()) {
    return "";
  }
  const auto hole = whole.find(kPlaceholder);
  TRUEL_CHECK(hole != std::string_view::npos);
  std::string out;
  out.reserve(whole.size() + json.size() + json.size() / 16);
  out += whole.substr(0, hole);
  for (const char c : json) {  // `<` could end the script element that holds the data
    if (c == '<') {
      out += "\\u003c";
    } else {
      out += c;
    }
  }
  out += whole.substr(hole + kPlaceholder.size());
  return out;
}

}  // namespace truel::output
