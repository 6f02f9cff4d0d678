#include "truel/base/result.hpp"

#include "truel/base/bytes/utf8.hpp"

namespace truel {

std::string to_string(const Diagnostic& diagnostic) {
  std::string text = diagnostic.where.file;
  if (diagnostic.where.line > 0) {
    text += ':' + std::to_string(diagnostic.where.line);
    if (diagnostic.where.column > 0) {
      text += ':' + std::to_string(diagnostic.where.column);
    }
  }
  if (!text.empty()) {
    text += ": ";
  }
  text += diagnostic.what;
  if (!diagnostic.hint.empty()) {
    text += "; " + diagnostic.hint;
  }
  return escaped(text);
}

}  // namespace truel
