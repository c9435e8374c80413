#pragma once
// One client's connection: requests in, answers out, in order, each within its time.

#include <string>

#include "base/world.h"
#include "gateway/http.h"
#include "gateway/server.h"
#include "visitors.h"

namespace openhash::gateway {

class Exchange {
 public:
  Exchange(base::World& world, const ServerLimits& limits, Counters& counters,
           std::unique_ptr<base::Stream> stream, const Visitors::Pass& pass)
      : world_(world),
        limits_(limits),
        counters_(counters),
        stream_(std::move(stream)),
        pass_(pass),
        reader_(HttpReader::Side::requests, limits.http) {}

  /// Waits for the next request. False: there will be none; what had to be said is said.
  base::Task<bool> next();
  [[nodiscard]] const HttpMessage& request() const { return request_; }
  [[nodiscard]] Visitor& visitor() const { return pass_.visitor(); }

  // --- the answer: either whole ... ---
  void answer(HttpMessage response);
  void answer_json(int status, std::string json);
  void refuse(const base::Error& error);
  // --- ... or piece by piece: begin, any number of pieces, end ---
  void begin(std::string_view content_type);
  void piece(std::string_view text);
  void end();
  /// Whether pieces wait to be sent in such number that it is time for taken().
  [[nodiscard]] bool full() const { return unsent_ > kPieces; }

  /// Adds to the next answer.
  void add_header(std::string name, std::string value);
  /// Waits until the client has taken what was said so far. False: it takes too long, or is gone.
  base::Task<bool> taken();
  /// Whether another request may follow.
  [[nodiscard]] bool keeps() const { return keep_ && stream_; }
  /// Whether the client is gone: what is said is lost.
  [[nodiscard]] bool broken() const { return broken_; }
  /// Sends what was said, then the end.
  void close();

  /// For another protocol: the stream, and what came after the request.
  std::unique_ptr<base::Stream> take_stream() { return std::move(stream_); }
  base::Bytes take_rest();

 private:
  static constexpr std::size_t kPieces = 64 << 10;

  base::Task<bool> read_more(base::Instant until);
  base::Result<void> feed();
  base::Result<void> check_head();
  void complete(HttpMessage& response);
  void write(std::string_view text);

  base::World& world_;
  const ServerLimits& limits_;
  Counters& counters_;
  std::unique_ptr<base::Stream> stream_;
  const Visitors::Pass& pass_;
  HttpReader reader_;
  HttpMessage request_;
  base::Bytes buffer_ = base::Bytes(4096);
  std::size_t from_ = 0;  // what is in the buffer and not yet read
  std::size_t to_ = 0;
  bool continued_ = false;  // "100 Continue" was said
  bool keep_ = true;
  bool broken_ = false;
  bool chunked_ = false;
  std::size_t unsent_ = 0;
  Headers extra_;
};

}  // namespace openhash::gateway
