// The terminal that the program prints on.
#pragma once

#include <sys/ioctl.h>
#include <unistd.h>

namespace truel::cli {

/// How wide standard output is; `otherwise` where it is no terminal.
inline int terminal_columns(int otherwise = 0) {
  winsize size{};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : otherwise;
}

}  // namespace truel::cli
