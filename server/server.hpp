// The page that answers back: packages behind a small HTTP server that only who has its link can use.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "truel/base/result.hpp"
#include "truel/record/analysis/analysis.hpp"

namespace truel::server {

struct ServerOptions {
  std::vector<std::filesystem::path> packages;
  std::string address = "127.0.0.1";  ///< to listen at
  int port = 0;                       ///< 0: any that is free
  int threads = 0;                    ///< of the runs; 0: all cores
  std::string token;                  ///< "": a random one of 128 bits
  /// All wars start from an analysis; observed: a folder of observed data; empty: control.csv of the packages alone.
  bool analysis = false;
  std::filesystem::path observed;
  record::TellAnalysis tell_analysis;  ///< of the wars as they are, before the server listens
};

/// Every call needs the token, in the link or as `Authorization: Bearer`; a call that another site's page makes is
/// refused, and so is one with another name of the host than the server's own (DNS rebinding). A question has at most
/// 64 kB and 2,000 pairs and is answered for at most two minutes; four are answered at a time, and a newer one of the
/// same session ends the older. A war written on the page has at most 256 kB; four are checked at a time, and the last
/// eight are kept, in memory. A thousand connections are served at a time, and slow ones hold up nobody. No file is
/// written. The calls are in GET /api/openapi.json.
class Server {
 public:
  /// Reads the packages and binds the port. Errors: mistakes of a package; a port or address that cannot be had.
  static Result<std::unique_ptr<Server>> open(const ServerOptions& options);
  ~Server();

  /// "http://127.0.0.1:PORT/?token=TOKEN"
  std::string link() const;
  /// Serves until it is stopped.
  void run();
  /// From another thread: ends the questions under way and, once it runs, the server. To be called until `run` returns.
  void stop();

 private:
  struct Implementation;
  explicit Server(std::unique_ptr<Implementation> implementation);
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace truel::server
