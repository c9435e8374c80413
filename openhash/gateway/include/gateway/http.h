#pragma once
// HTTP/1.1 messages as values, and reading them out of bytes (RFC 9110, 9112). For both sides: a
// server reads requests, a client responses. No I/O here.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace openhash::gateway {

/// The status that answers a request which is not to be carried out, as an error code.
const std::error_category& http_category() noexcept;
inline std::error_code http_status(int status) noexcept { return {status, http_category()}; }
/// "Not Found" for 404.
std::string_view reason_phrase(int status);

using Headers = std::vector<std::pair<std::string, std::string>>;

/// What a peer may send at most; see docs/gateway.md.
struct HttpLimits {
  std::size_t head = 8 << 10;  ///< first line and headers together
  std::size_t target = 2 << 10;
  std::size_t body = 64 << 10;
};

/// One message, request or response. Names of headers are in lower case.
struct HttpMessage {
  std::string method{};  ///< of requests
  std::string target{};  ///< of requests: path and query, as they came
  int status = 0;        ///< of responses
  Headers headers{};
  std::string body{};
  bool keep_alive = true;  ///< whether another message may follow on the connection
  bool upgrade = false;    ///< what follows is another protocol, if both want that
  unsigned minor = 1;      ///< HTTP/1.0 or 1.1

  /// The value of the first header of that name, in lower case; empty if there is none.
  [[nodiscard]] std::string_view header(std::string_view name) const;
};

/// Reads one message after another.
class HttpReader {
 public:
  enum class Side {
    requests,
    responses,
    responses_to_head,  ///< which have no body, whatever their headers say
  };
  explicit HttpReader(Side side, HttpLimits limits = {});
  HttpReader(HttpReader&&) noexcept;
  HttpReader& operator=(HttpReader&&) noexcept;
  ~HttpReader();

  /// Takes bytes up to the end of the message, and says how many; the rest belongs to the next one,
  /// or to another protocol. Errors carry the status that answers them (http_status): 400, 413,
  /// 414, 431, 501, 505. After an error nothing more can be read.
  base::Result<std::size_t> feed(base::ByteView bytes);
  /// The stream ended: the end of a message without a length, or `closed` in the midst of one.
  base::Result<void> end();

  [[nodiscard]] bool begun() const;      ///< some byte of the message came
  [[nodiscard]] bool head_done() const;  ///< first line and headers are there
  [[nodiscard]] bool done() const;       ///< all of it is there
  /// What came so far.
  [[nodiscard]] const HttpMessage& message() const;
  /// Takes the body's bytes that came so far out of the message, for those who read a long answer
  /// piece by piece; they count no longer against the limit.
  std::string take_body();
  /// Hands the message over; the next bytes begin another.
  HttpMessage take();

  struct Impl;  ///< the inside

 private:
  std::unique_ptr<Impl> impl_;
};

/// A request's or a response's bytes. Content-Length is added, unless the message has that header,
/// or may have no body (1xx, 204), or its length is open: told by chunks, or by the stream's end.
enum class Length { stated, open };
std::string encode_request(const HttpMessage& request);
std::string encode_response(const HttpMessage& response, Length length = Length::stated);
/// One piece of a body sent with `transfer-encoding: chunked`; an empty one would end it.
std::string encode_chunk(std::string_view piece);
inline constexpr std::string_view kLastChunk = "0\r\n\r\n";

/// "/v1/records/a%27b?stream=1" taken apart: the path's segments, decoded, and the query's
/// parameters. Nothing for what is no absolute path, has a bad escape or a NUL, or nothing between
/// two slashes.
struct Target {
  std::vector<std::string> path;
  std::vector<std::pair<std::string, std::string>> query;

  static std::optional<Target> parse(std::string_view target);
  [[nodiscard]] std::string_view parameter(std::string_view name) const;
};
/// Text as one segment of a path.
std::string percent_encode(std::string_view text);

}  // namespace openhash::gateway
