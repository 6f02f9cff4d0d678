#include "server.hpp"

#include <fmt/format.h>
#include <httplib.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <random>

#include "openapi.hpp"
#include "truel/output/page_war.hpp"
#include "what_if.hpp"

namespace truel::server {
namespace {

using output::Json;

constexpr std::size_t kLargestBody = 64 * 1024;
constexpr std::uint32_t kMostPairs = 2000;
constexpr std::size_t kMostSettings = 500, kMostAccounts = 32, kLongestText = 300;
constexpr int kMostQuestions = 4;
constexpr int kReadSeconds = 5, kKeepAliveSeconds = 30;
constexpr std::size_t kConnections = 64;  ///< served at a time

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

Json errors_json(const Diagnostics& mistakes) {
  Json list = Json::array();
  for (const Diagnostic& d : mistakes) {
    list.push_back({{"where", d.where.file.empty() ? "" : fmt::format("{}:{}", d.where.file, d.where.line)},
                    {"what", d.what},
                    {"hint", d.hint}});
  }
  return {{"errors", std::move(list)}};
}

void refuse(httplib::Response& response, int status, const std::string& what, const std::string& how) {
  response.status = status;
  response.set_content(output::text_of(errors_json({{{}, what, how}}), -1), "application/json");
}

struct Wrong {
  std::string what, how;
};

/// A list of texts of the body, or nothing where it is something else.
std::vector<std::string> texts_of(const Json& body, const char* key, std::size_t most) {
  if (!body.contains(key)) {
    return {};
  }
  const Json& list = body[key];
  const bool is_good =
      list.is_array() && list.size() <= most && std::all_of(list.begin(), list.end(), [](const Json& x) {
        return x.is_string() && x.get_ref<const std::string&>().size() <= kLongestText;
      });
  if (!is_good) {
    throw Wrong{fmt::format("{} is no list of at most {} texts", key, most),
                fmt::format("texts have at most {} bytes", kLongestText)};
  }
  return list.get<std::vector<std::string>>();
}

Question question_of(const std::string& text) {
  const Json body = Json::parse(text, nullptr, false);
  if (!body.is_object()) {
    throw Wrong{"the body is no JSON object", "see /api/openapi.json"};
  }
  for (const auto& [key, value] : body.items()) {
    if (key != "against" && key != "accounts" && key != "settings" && key != "until" && key != "pairs" &&
        key != "session") {
      throw Wrong{fmt::format("unknown key {}", key.substr(0, kLongestText)),
                  "known are against, accounts, settings, until, pairs, session"};
    }
  }
  Question question;
  question.against = texts_of(body, "against", kMostAccounts);
  question.accounts = texts_of(body, "accounts", kMostAccounts);
  question.settings = texts_of(body, "settings", kMostSettings);
  if (body.contains("until")) {
    if (!body["until"].is_string()) {
      throw Wrong{"until is no text", "write YYYY-MM-DD"};
    }
    question.until = body["until"];
  }
  if (body.contains("pairs")) {
    const Json& pairs = body["pairs"];
    if (!pairs.is_number_unsigned() || pairs.get<std::uint64_t>() < 2 || pairs.get<std::uint64_t>() > kMostPairs) {
      throw Wrong{"pairs is no whole number", fmt::format("from 2 to {}", kMostPairs)};
    }
    question.runs = pairs;
  }
  return question;
}

std::string session_of(const std::string& text) {
  const Json body = Json::parse(text, nullptr, false);
  return body.is_object() && body.contains("session") && body["session"].is_string()
             ? body["session"].get<std::string>().substr(0, kLongestText)
             : "";
}

}  // namespace

struct Server::Inside {
  ServerOptions options;
  std::vector<std::unique_ptr<WhatIf>> wars;
  httplib::Server http;
  int port = 0, listening = -1;
  std::atomic<bool> is_ending = false, is_stopped = false;
  std::mutex mutex;  ///< of what follows
  int under_way = 0;
  std::map<std::string, std::shared_ptr<std::atomic<bool>>> stop_of_session;

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

  /// The war that the path names by its number.
  WhatIf* war_of(const httplib::Request& request, httplib::Response& response) const {
    const std::string number = request.matches[1];
    const std::size_t n = number.size() > 4 ? wars.size() : std::stoul(number);
    if (n >= wars.size()) {
      refuse(response, 404, fmt::format("there is no war {}", number), "GET /api/wars lists them");
      return nullptr;
    }
    return wars[n].get();
  }

  void answer(const httplib::Request& request, httplib::Response& response);
  void route();
};

/// Streams what the pairs say, a JSON object a line.
void Server::Inside::answer(const httplib::Request& request, httplib::Response& response) {
  WhatIf* war = war_of(request, response);
  if (war == nullptr) {
    return;
  }
  Question question;
  try {
    question = question_of(request.body);
  } catch (const Wrong& wrong) {
    refuse(response, 400, wrong.what, wrong.how);
    return;
  }
  const std::string session = session_of(request.body);
  auto stop = std::make_shared<std::atomic<bool>>(false);
  {
    const std::lock_guard lock(mutex);
    if (is_ending || (under_way >= kMostQuestions && !stop_of_session.contains(session))) {
      response.set_header("Retry-After", "2");
      refuse(response, 503, fmt::format("{} questions are being answered", under_way), "ask again in a moment");
      return;
    }
    ++under_way;
    if (!session.empty()) {
      auto& held = stop_of_session[session];
      if (held) {
        *held = true;
      }
      held = stop;
    }
  }
  const auto ended = [this, session, stop](bool) {
    const std::lock_guard lock(mutex);
    --under_way;
    if (const auto held = stop_of_session.find(session); held != stop_of_session.end() && held->second == stop) {
      stop_of_session.erase(held);
    }
  };
  response.set_header("Cache-Control", "no-store");
  response.set_chunked_content_provider(
      "application/x-ndjson",
      [war, question, stop](std::size_t, httplib::DataSink& sink) {
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
        if (!mistakes.empty()) {
          tell(errors_json(mistakes));
        }
        sink.done();
        return true;
      },
      ended);
}

void Server::Inside::route() {
  http.set_payload_max_length(kLargestBody);
  http.set_read_timeout(kReadSeconds);
  http.set_keep_alive_timeout(kKeepAliveSeconds);
  http.set_socket_options([this](int socket) {  // the library's own choice would let two servers share a port
    const int yes = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    listening = socket;
  });
  http.new_task_queue = [] { return new httplib::ThreadPool(kConnections); };
  http.set_default_headers({{"X-Content-Type-Options", "nosniff"}, {"Referrer-Policy", "no-referrer"}});
  http.set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
    if (!is_own_host(request) || is_of_another_site(request)) {
      refuse(response, 403, "this call comes from elsewhere", "open the link that truel serve printed");
    } else if (!may_pass(request)) {
      refuse(response, 403, "the token is missing or wrong", "open the link that truel serve printed");
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
    const std::string number = request.get_param_value("war");
    const std::size_t n =
        number.empty() || number.size() > 4 || number.find_first_not_of("0123456789") != std::string::npos
            ? 0
            : std::min(wars.size() - 1, static_cast<std::size_t>(std::stoul(number)));
    Json json = wars[n]->description();
    json["number"] = n;
    json["others"] = Json::array();
    for (const auto& war : wars) {
      json["others"].push_back(war->war().title);
    }
    response.set_header("Cache-Control", "no-store");
    std::string page = output::page_of(std::move(json), "what-if");
    // A report asks nobody anything; this page asks the server that it came from.
    constexpr std::string_view kNothing = "default-src 'none';";
    if (const std::size_t policy = page.find(kNothing); policy != std::string::npos) {
      page.insert(policy + kNothing.size(), " connect-src 'self';");
    }
    response.set_content(page, "text/html; charset=utf-8");
  });
  http.Get("/api/openapi.json", [](const httplib::Request&, httplib::Response& response) {
    response.set_content(openapi(), "application/json");
  });
  http.Get("/api/wars", [this](const httplib::Request&, httplib::Response& response) {
    Json list = Json::array();
    for (std::size_t n = 0; n < wars.size(); ++n) {
      list.push_back({{"number", n}, {"title", wars[n]->war().title}});
    }
    response.set_content(output::text_of({{"wars", std::move(list)}}, -1), "application/json");
  });
  http.Get(R"(/api/wars/(\d+))", [this](const httplib::Request& request, httplib::Response& response) {
    if (const WhatIf* war = war_of(request, response)) {
      response.set_content(output::text_of(war->description(), -1), "application/json");
    }
  });
  http.Post(R"(/api/wars/(\d+)/what-if)",
            [this](const httplib::Request& request, httplib::Response& response) { answer(request, response); });
}

Server::Server(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::open(const ServerOptions& options) {
  auto inside = std::make_unique<Inside>();
  inside->options = options;
  if (inside->options.token.empty()) {
    inside->options.token = random_token();
  }
  Diagnostics mistakes;
  for (const std::filesystem::path& package : options.packages) {
    auto war = WhatIf::open(package, options.threads);
    if (war) {
      inside->wars.push_back(std::move(*war));
    } else {
      mistakes.insert(mistakes.end(), war.error().begin(), war.error().end());
    }
  }
  if (!mistakes.empty()) {
    return mistakes;
  }
  inside->route();
  const bool is_bound = options.port == 0 ? (inside->port = inside->http.bind_to_any_port(options.address)) > 0
                                          : inside->http.bind_to_port(options.address, options.port);
  if (!is_bound) {
    return Diagnostic{{},
                      options.port == 0 ? fmt::format("--listen {}: no port can be had there", options.address)
                                        : fmt::format("--port {} cannot be had", options.port),
                      "leave --port out for any that is free; --listen takes an address of this machine"};
  }
  if (options.port != 0) {
    inside->port = options.port;
  }
  listen(inside->listening, SOMAXCONN);  // the library lets five wait, and the sixth is sent away
  return std::unique_ptr<Server>(new Server(std::move(inside)));
}

std::string Server::link() const {
  return fmt::format("{}/?token={}", inside_->origin(), inside_->options.token);
}

void Server::run() {
  inside_->http.listen_after_bind();
}

void Server::stop() {
  inside_->is_ending = true;
  {
    const std::lock_guard lock(inside_->mutex);
    for (const auto& [session, stop] : inside_->stop_of_session) {
      *stop = true;
    }
  }
  // Before it runs there is nothing to stop, and the library takes a second call ill.
  if (inside_->http.is_running() && !inside_->is_stopped.exchange(true)) {
    inside_->http.stop();
  }
}

}  // namespace truel::server
