#include "server.hpp"

#include <fmt/format.h>
#include <httplib.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <list>
#include <map>
#include <mutex>
#include <random>
#include <system_error>
#include <thread>

#include "openapi.hpp"
#include "requests.hpp"
#include "truel/app/analysis.hpp"
#include "truel/base/bytes/gzip.hpp"
#include "truel/output/report/page_war.hpp"
#include "truel/scenario/read.hpp"

namespace truel::server {
namespace {

using output::Json;

constexpr std::size_t kMostQuestions = 4;
constexpr std::chrono::seconds kLongestAnswer{120};
constexpr int kMostChecks = 4;                  ///< of wars written on the page, at a time
constexpr std::size_t kMostDrafts = 8;          ///< kept to be asked
constexpr int kReadSeconds = 3;                 ///< for the next bytes of a request that has begun
constexpr int kKeepAliveSeconds = 5;            ///< for the next request of a connection
constexpr std::size_t kMostConnections = 1000;  ///< served at a time; about as many as a process may have files open

std::string random_token() {
  std::random_device random;
  std::string token;
  for (int i = 0; i < 4; ++i) {
    token += fmt::format("{:08x}", random());
  }
  return token;
}

/// Takes the same time wherever the texts differ.
bool is_equal(const std::string& one, const std::string& other) {
  unsigned difference = one.size() == other.size() ? 0 : 1;
  for (std::size_t i = 0; i < std::min(one.size(), other.size()); ++i) {
    difference |= static_cast<unsigned char>(one[i]) ^ static_cast<unsigned char>(other[i]);
  }
  return difference == 0;
}

void reply(httplib::Response& response, const Json& json, int status = 200) {
  response.status = status;
  response.set_content(output::text_of(json, -1), "application/json");
}

/// Offers a large text as a stream, compressed where the reader takes gzip. What is set as content the library would
/// compress with brotli at its greatest effort, for seconds of processor time.
void offer(const httplib::Request& request, httplib::Response& response, std::string text, const char* type) {
  if (text.empty()) {  // the page of a build without one; a stream of nothing would never end
    response.set_content("", type);
    return;
  }
  if (request.get_header_value("Accept-Encoding").find("gzip") != std::string::npos) {
    text = gzip(text);
    response.set_header("Content-Encoding", "gzip");
  }
  const auto body = std::make_shared<std::string>(std::move(text));
  response.set_header("Vary", "Accept-Encoding");
  response.set_content_provider(body->size(), type,
                                [body](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
                                  return sink.write(body->data() + offset, length);
                                });
}

void offer(const httplib::Request& request, httplib::Response& response, const Json& json) {
  offer(request, response, output::text_of(json, -1), "application/json");
}

void refuse(httplib::Response& response, int status, const std::string& what, const std::string& how) {
  reply(response, errors_json({{{}, what, how}}), status);
}

/// Wars that start from an analysis of a package. asked.tell_analysis: told as long as it is there, and asked
/// has to outlive them.
AnalysisMaker analyse_of(std::shared_ptr<const app::ObservedPackage> package, const ServerOptions& asked) {
  const auto war = [package = std::move(package), &progress = asked.tell_analysis](
                       const scenario::Overlay& overlay,
                       const ensemble::EnsembleOptions& options) -> Result<AnalysedWar> {
    TRUEL_TRY(const auto analysis, app::Analysis::of(package, overlay, options, progress));
    TRUEL_TRY(auto model, analysis->model(overlay.accounts));
    return AnalysedWar{std::move(model), {analysis->origin(), analysis->learned()}};
  };
  return {war, asked.observed.empty() ? " --analysis" : " --analysis --observed DATA"};
}

/// The same of a war written on the page, of which nothing was observed.
AnalysisMaker unobserved(const scenario::PackageFiles& draft) {
  const auto compiled = [draft](const scenario::Overlay& overlay,
                                const ensemble::EnsembleOptions&) -> Result<AnalysedWar> {
    auto war = scenario::read_package(draft, overlay);
    TRUEL_TRY(auto model, war ? compile(std::make_shared<const War>(std::move(*war))) : war.error());
    const output::StartingAnalysis none{
        model.war().start, {.places = {}, .pairs = {}, .remarks = {"a war written on the page starts without one"}}};
    return AnalysedWar{std::move(model), none};
  };
  return {compiled, ""};
}

using Flag = std::shared_ptr<std::atomic<bool>>;

/// A question that is being answered.
struct OpenQuestion {
  std::string session;
  Flag stop;
  std::chrono::steady_clock::time_point end;
};

/// A thread for every connection, as long as it lasts: the library's own pool has a fixed number of threads, which as
/// many clients that send half a request hold until their time is over, while everybody else waits.
class Connections final : public httplib::TaskQueue {
 public:
  /// Nothing, and in later versions of the library whether the connection was taken.
  using EnqueueResult = decltype(std::declval<httplib::TaskQueue>().enqueue({}));

  EnqueueResult enqueue(std::function<void()> connection) override {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(connection));
    if (threads_ == kMostConnections) {
      return static_cast<EnqueueResult>(true);
    }
    try {
      std::thread([this] { serve(); }).detach();
      ++threads_;
    } catch (const std::system_error&) {
      // The system gives no more threads: it waits, as it does beyond the most.
    }
    return static_cast<EnqueueResult>(true);
  }

  void shutdown() override {
    std::unique_lock lock(mutex_);
    has_ended_.wait(lock, [this] { return threads_ == 0; });
  }

 private:
  void serve() {
    std::unique_lock lock(mutex_);
    while (!waiting_.empty()) {
      const std::function<void()> connection = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      connection();
      lock.lock();
    }
    --threads_;
    has_ended_.notify_all();  // under the lock: who waits for it may end this object next
  }

  std::mutex mutex_;  ///< of what follows
  std::condition_variable has_ended_;
  std::list<std::function<void()>> waiting_;
  std::size_t threads_ = 0;
};

}  // namespace

struct Server::Implementation {
  ServerOptions options;
  httplib::Server http;
  int port = 0, listening = -1;
  /// Wars 0 to packages - 1 are those of the command line, the others were written on the page.
  std::size_t packages = 0;
  std::atomic<bool> is_ending = false, is_stopped = false;
  mutable std::mutex mutex;  ///< of what follows
  std::condition_variable has_changed;
  std::map<std::size_t, std::shared_ptr<WhatIf>> wars;
  std::size_t next_draft = 0;
  int checks = 0;
  std::list<OpenQuestion> open_questions;

  std::string origin() const { return fmt::format("http://{}:{}", options.address, port); }

  bool is_own_host(const httplib::Request& request) const {
    const std::string host = request.get_header_value("Host");
    return host == fmt::format("{}:{}", options.address, port) || host == fmt::format("localhost:{}", port) ||
           (options.address != "127.0.0.1" &&
            !host.empty());  // who listens for others is reached by names we do not know
  }

  bool may_pass(const httplib::Request& request) const {
    const std::string bearer = request.get_header_value("Authorization");
    const std::string given = bearer.starts_with("Bearer ") ? bearer.substr(7) : request.get_param_value("token");
    return is_equal(given, options.token);
  }

  bool is_of_another_site(const httplib::Request& request) const {
    const std::string from = request.get_header_value("Origin");
    return !from.empty() && from != "http://" + request.get_header_value("Host");
  }

  /// The war of this number, or nothing and a refusal.
  std::shared_ptr<WhatIf> war_of(const std::string& number, httplib::Response& response) const {
    const bool is_number =
        !number.empty() && number.size() < 10 && number.find_first_not_of("0123456789") == std::string::npos;
    const std::lock_guard lock(mutex);
    const auto found = is_number ? wars.find(std::stoul(number)) : wars.end();
    if (found == wars.end()) {
      refuse(response, 404, fmt::format("there is no war {}", number),
             fmt::format("GET /api/wars lists them; of those written on the page the last {} are kept", kMostDrafts));
      return nullptr;
    }
    return found->second;
  }

  Json titles() const {
    Json list = Json::array();
    const std::lock_guard lock(mutex);
    for (const auto& [number, war] : wars) {
      list.push_back({{"number", number}, {"title", war->war().title}, {"is_draft", number >= packages}});
    }
    return list;
  }

  /// A place among those who check wars, while this lives.
  std::shared_ptr<void> begin_check(httplib::Response& response) {
    const std::lock_guard lock(mutex);
    if (checks >= kMostChecks) {
      response.set_header("Retry-After", "1");
      refuse(response, 503, fmt::format("{} wars are being checked", checks), "ask again in a moment");
      return nullptr;
    }
    ++checks;
    return {this, [this](void*) {
              const std::lock_guard again(mutex);
              --checks;
            }};
  }

  void answer(const httplib::Request& request, httplib::Response& response);
  void check(const httplib::Request& request, httplib::Response& response);
  void keep_draft(const httplib::Request& request, httplib::Response& response);
  void show(const httplib::Request& request, httplib::Response& response, Json json, const char* kind) const;
  void end_late_answers();
  void route();
  Result<std::unique_ptr<WhatIf>> open(const std::filesystem::path& package) const;
};

Result<std::unique_ptr<WhatIf>> Server::Implementation::open(const std::filesystem::path& package) const {
  if (!options.analysis) {
    return WhatIf::open(package, options.threads);
  }
  TRUEL_TRY(auto read, app::ObservedPackage::read(package, options.observed));
  scenario::PackageFiles files = read->files;
  return WhatIf::open(std::move(files), options.threads, analyse_of(std::move(read), options));
}

/// Streams what the pairs say, a JSON object a line.
void Server::Implementation::answer(const httplib::Request& request, httplib::Response& response) {
  const std::shared_ptr<WhatIf> war = war_of(request.matches[1], response);
  if (war == nullptr) {
    return;
  }
  if (request.body.size() > kLargestQuestion) {
    refuse(response, 413, "the body is too large", fmt::format("a question has at most {} bytes", kLargestQuestion));
    return;
  }
  const auto question = question_of(request.body);
  if (!question) {
    reply(response, errors_json(question.error()), 400);
    return;
  }
  const auto stop = std::make_shared<std::atomic<bool>>(false);
  const auto end = std::chrono::steady_clock::now() + kLongestAnswer;
  {
    const std::lock_guard lock(mutex);
    const auto is_own = [&](const OpenQuestion& x) {
      return !question->session.empty() && x.session == question->session;
    };
    const auto older = static_cast<std::size_t>(std::count_if(open_questions.begin(), open_questions.end(), is_own));
    // Who asks anew may pass while the own older question ends.
    if (is_ending || open_questions.size() >= (older > 0 ? 2 : 1) * kMostQuestions) {
      response.set_header("Retry-After", "2");
      refuse(response, 503, fmt::format("{} questions are being answered", open_questions.size()),
             "ask again in a moment");
      return;
    }
    for (const OpenQuestion& one : open_questions) {
      if (is_own(one)) {
        *one.stop = true;
      }
    }
    open_questions.push_back({question->session, stop, end});
  }
  const auto ended = [this, stop](bool) {
    const std::lock_guard lock(mutex);
    open_questions.remove_if([&](const OpenQuestion& one) { return one.stop == stop; });
  };
  response.set_header("Cache-Control", "no-store");
  response.set_chunked_content_provider(
      "application/x-ndjson",
      [war, question = *question, stop, end](std::size_t, httplib::DataSink& sink) {
        const auto tell = [&](const Json& json) {
          const std::string line = output::text_of(json, -1) + '\n';
          return sink.is_writable() && sink.write(line.data(), line.size());
        };
        Diagnostics mistakes;
        try {
          mistakes = war->answer(question, *stop, tell);
        } catch (const std::exception& error) {
          mistakes.push_back({{}, error.what(), "look at what truel serve prints"});
        }
        if (*stop && std::chrono::steady_clock::now() >= end) {
          mistakes.push_back(
              {{}, fmt::format("ended after {} seconds", kLongestAnswer.count()), "ask for fewer pairs or fewer days"});
        }
        if (!mistakes.empty()) {
          tell(errors_json(mistakes));
        }
        sink.done();
        return true;
      },
      ended);
}

/// Says what is wrong with a war that is being written.
void Server::Implementation::check(const httplib::Request& request, httplib::Response& response) {
  const auto place = begin_check(response);
  if (place == nullptr) {
    return;
  }
  const auto draft = draft_of(request.body);
  if (!draft) {
    reply(response, errors_json(draft.error()), 400);
    return;
  }
  Diagnostics warnings;
  const auto war = scenario::read_package(*draft, {}, {}, &warnings);
  Json json = errors_json(war ? Diagnostics() : war.error());
  json["warnings"] = diagnostics_json(warnings);
  reply(response, json);
}

/// Takes a war that was written on the page among those that can be asked, for as long as the server runs.
void Server::Implementation::keep_draft(const httplib::Request& request, httplib::Response& response) {
  const auto place = begin_check(response);
  if (place == nullptr) {
    return;
  }
  auto draft = draft_of(request.body);
  if (!draft) {
    reply(response, errors_json(draft.error()), 400);
    return;
  }
  AnalysisMaker analyse = options.analysis ? unobserved(*draft) : AnalysisMaker();
  auto war = WhatIf::open(std::move(*draft), options.threads, std::move(analyse));
  if (!war) {
    reply(response, errors_json(war.error()), 422);
    return;
  }
  const std::lock_guard lock(mutex);
  if (wars.size() >= packages + kMostDrafts) {
    wars.erase(wars.lower_bound(packages));
  }
  const std::size_t number = next_draft++;
  wars.emplace(number, std::move(*war));
  reply(response, {{"number", number}}, 201);
}

/// A page of this server: unlike a report it asks the server that it came from.
void Server::Implementation::show(const httplib::Request& request, httplib::Response& response, Json json,
                                  const char* kind) const {
  std::string page = output::page_of(std::move(json), kind);
  constexpr std::string_view kNothing = "default-src 'none';";
  if (const std::size_t policy = page.find(kNothing); policy != std::string::npos) {
    page.insert(policy + kNothing.size(), " connect-src 'self';");
  }
  response.set_header("Cache-Control", "no-store");
  offer(request, response, std::move(page), "text/html; charset=utf-8");
}

/// Until the server ends, ends answers that take too long.
void Server::Implementation::end_late_answers() {
  std::unique_lock lock(mutex);
  while (!is_ending) {
    const auto now = std::chrono::steady_clock::now();
    for (const OpenQuestion& one : open_questions) {
      if (now >= one.end) {
        *one.stop = true;
      }
    }
    has_changed.wait_for(lock, std::chrono::seconds(1));
  }
}

void Server::Implementation::route() {
  http.set_payload_max_length(kLargestBody);
  http.set_read_timeout(kReadSeconds);
  http.set_keep_alive_timeout(kKeepAliveSeconds);
  http.set_socket_options([this](int socket) {  // the library's own choice would let two servers share a port
    const int yes = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    listening = socket;
  });
  http.new_task_queue = [] { return new Connections; };
  http.set_default_headers({{"X-Content-Type-Options", "nosniff"}, {"Referrer-Policy", "no-referrer"}});
  http.set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
    if (!is_own_host(request) || is_of_another_site(request)) {
      refuse(response, 403, "this call comes from elsewhere", "open the link that truel serve printed");
    } else if (!may_pass(request)) {
      refuse(response, 403, "the token is missing or wrong", "open the link that truel serve printed");
    } else if (request.has_header("Transfer-Encoding") || request.has_header("Content-Encoding")) {
      // The library binds the length that a header says, and keeps all that comes in chunks or out of a packed body.
      response.set_header("Connection", "close");  // what follows is no request
      refuse(response, request.has_header("Transfer-Encoding") ? 411 : 415, "a body in chunks or compressed",
             "send it plain, with its Content-Length");
    } else {
      return httplib::Server::HandlerResponse::Unhandled;
    }
    return httplib::Server::HandlerResponse::Handled;
  });
  http.set_error_handler([](const httplib::Request&, httplib::Response& response) {
    if (response.body.empty()) {
      refuse(response, response.status, response.status == 413 ? "the body is too large" : "there is nothing here",
             "see /api/openapi.json");
    }
  });
  http.Get("/", [this](const httplib::Request& request, httplib::Response& response) {
    const std::string number = request.has_param("war") ? request.get_param_value("war") : "0";
    if (const auto war = war_of(number, response)) {
      Json json = war->description();
      json["number"] = std::stoul(number);
      json["is_draft"] = std::stoul(number) >= packages;
      json["can_edit"] = !files_json(war->files()).is_null();
      json["others"] = titles();
      show(request, response, std::move(json), "what-if");
    }
  });
  http.Get("/edit", [this](const httplib::Request& request, httplib::Response& response) {
    const scenario::PackageFiles example = scenario::example_package();
    Json json = files_json(example);
    if (request.has_param("war")) {
      const auto war = war_of(request.get_param_value("war"), response);
      if (war == nullptr) {
        return;
      }
      json = files_json(war->files());
      if (json.is_null()) {
        refuse(response, 413, "this war is too large to be written on a page", "edit its tables as files");
        return;
      }
      json["number"] = std::stoul(request.get_param_value("war"));
    }
    for (const scenario::PackageFile& file : example.files) {
      if (file.name.ends_with(".csv")) {
        json["heads"][file.name] = file.bytes.substr(0, file.bytes.find('\n'));
      }
    }
    json["others"] = titles();
    show(request, response, std::move(json), "editor");
  });
  http.Get("/api/openapi.json", [](const httplib::Request& request, httplib::Response& response) {
    offer(request, response, openapi(), "application/json");
  });
  http.Get("/api/wars", [this](const httplib::Request&, httplib::Response& response) {
    reply(response, {{"wars", titles()}});
  });
  http.Get(R"(/api/wars/(\d+))", [this](const httplib::Request& request, httplib::Response& response) {
    if (const auto war = war_of(request.matches[1], response)) {
      offer(request, response, war->description());
    }
  });
  http.Get(R"(/api/wars/(\d+)/files)", [this](const httplib::Request& request, httplib::Response& response) {
    if (const auto war = war_of(request.matches[1], response)) {
      const Json files = files_json(war->files());
      if (files.is_null()) {
        refuse(response, 413, "this war is too large to be written on a page", "edit its tables as files");
      } else {
        offer(request, response, files);
      }
    }
  });
  http.Post(R"(/api/wars/(\d+)/what-if)",
            [this](const httplib::Request& request, httplib::Response& response) { answer(request, response); });
  http.Post("/api/check",
            [this](const httplib::Request& request, httplib::Response& response) { check(request, response); });
  http.Post("/api/wars",
            [this](const httplib::Request& request, httplib::Response& response) { keep_draft(request, response); });
}

Server::Server(std::unique_ptr<Implementation> implementation) : implementation_(std::move(implementation)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::open(const ServerOptions& options) {
  auto implementation = std::make_unique<Implementation>();
  implementation->options = options;
  if (implementation->options.token.empty()) {
    implementation->options.token = random_token();
  }
  Diagnostics mistakes;
  for (const std::filesystem::path& package : options.packages) {
    auto war = implementation->open(package);
    if (war) {
      implementation->wars.emplace(implementation->packages++, std::move(*war));
    } else {
      war.add_error_to(mistakes);
    }
  }
  if (!mistakes.empty()) {
    return mistakes;
  }
  implementation->options.tell_analysis = {};  // what is asked later is told to nobody here
  implementation->next_draft = implementation->packages;
  implementation->route();
  const bool is_bound = options.port == 0
                            ? (implementation->port = implementation->http.bind_to_any_port(options.address)) > 0
                            : implementation->http.bind_to_port(options.address, options.port);
  if (!is_bound) {
    return Diagnostic{{},
                      options.port == 0 ? fmt::format("--listen {}: no port can be had there", options.address)
                                        : fmt::format("--port {} cannot be had", options.port),
                      "leave --port out for any that is free; --listen takes an address of this machine"};
  }
  if (options.port != 0) {
    implementation->port = options.port;
  }
  listen(implementation->listening, SOMAXCONN);  // the library lets five wait, and the sixth is sent away
  return std::unique_ptr<Server>(new Server(std::move(implementation)));
}

std::string Server::link() const {
  return fmt::format("{}/?token={}", implementation_->origin(), implementation_->options.token);
}

void Server::run() {
  std::thread watch([this] { implementation_->end_late_answers(); });
  implementation_->http.listen_after_bind();
  stop();
  watch.join();
}

void Server::stop() {
  {
    const std::lock_guard lock(implementation_->mutex);
    implementation_->is_ending = true;
    for (const OpenQuestion& one : implementation_->open_questions) {
      *one.stop = true;
    }
  }
  implementation_->has_changed.notify_all();
  // Before it runs there is nothing to stop, and the library takes a second call ill.
  if (implementation_->http.is_running() && !implementation_->is_stopped.exchange(true)) {
    implementation_->http.stop();
  }
}

}  // namespace truel::server
