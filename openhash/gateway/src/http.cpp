#include "gateway/http.h"

#include <array>
#include <cstdio>

namespace openhash::gateway {
namespace {

class HttpCategory final : public std::error_category {
 public:
  const char* name() const noexcept override { return "http"; }
  std::string message(int status) const override { return std::string(reason_phrase(status)); }
};

bool has_header(const HttpMessage& message, std::string_view name) {
  for (const auto& [have, value] : message.headers) {
    if (have == name) return true;
  }
  return false;
}

std::string encode(std::string text, const HttpMessage& message, bool with_length) {
  text += "\r\n";
  for (const auto& [name, value] : message.headers) {
    text.append(name).append(": ").append(value).append("\r\n");
  }
  if (with_length && !has_header(message, "content-length")) {
    text += "content-length: " + std::to_string(message.body.size()) + "\r\n";
  }
  return text.append("\r\n").append(message.body);
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> percent_decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    }
    if (c == '\0') return std::nullopt;
    out += c;
  }
  return out;
}

/// What stands before the next `end`, which is taken away with it.
std::string_view cut(std::string_view& text, char end) {
  const std::size_t at = text.find(end);
  const std::string_view piece = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return piece;
}

}  // namespace

const std::error_category& http_category() noexcept {
  static const HttpCategory category;
  return category;
}

std::string_view reason_phrase(int status) {
  struct Phrase {
    int status;
    std::string_view words;
  };
  static constexpr std::array kPhrases = {
      Phrase{100, "Continue"},
      Phrase{101, "Switching Protocols"},
      Phrase{200, "OK"},
      Phrase{202, "Accepted"},
      Phrase{204, "No Content"},
      Phrase{400, "Bad Request"},
      Phrase{403, "Forbidden"},
      Phrase{404, "Not Found"},
      Phrase{405, "Method Not Allowed"},
      Phrase{408, "Request Timeout"},
      Phrase{409, "Conflict"},
      Phrase{411, "Length Required"},
      Phrase{413, "Content Too Large"},
      Phrase{414, "URI Too Long"},
      Phrase{415, "Unsupported Media Type"},
      Phrase{417, "Expectation Failed"},
      Phrase{426, "Upgrade Required"},
      Phrase{429, "Too Many Requests"},
      Phrase{431, "Request Header Fields Too Large"},
      Phrase{500, "Internal Server Error"},
      Phrase{501, "Not Implemented"},
      Phrase{503, "Service Unavailable"},
      Phrase{504, "Gateway Timeout"},
      Phrase{505, "HTTP Version Not Supported"},
  };
  for (const Phrase& phrase : kPhrases) {
    if (phrase.status == status) return phrase.words;
  }
  return "Unknown";
}

std::string_view HttpMessage::header(std::string_view name) const {
  for (const auto& [have, value] : headers) {
    if (have == name) return value;
  }
  return {};
}

std::string encode_request(const HttpMessage& request) {
  const bool with_length =
      !request.body.empty() || request.method == "PUT" || request.method == "POST";
  return encode(request.method + " " + request.target + " HTTP/1.1", request, with_length);
}

std::string encode_response(const HttpMessage& response, Length length) {
  const bool with_length =
      length == Length::stated && response.status >= 200 && response.status != 204;
  std::string line = "HTTP/1.1 " + std::to_string(response.status) + " ";
  return encode(line.append(reason_phrase(response.status)), response, with_length);
}

std::string encode_chunk(std::string_view piece) {
  char size[24];
  std::snprintf(size, sizeof size, "%zx\r\n", piece.size());
  return std::string(size).append(piece).append("\r\n");
}

std::optional<Target> Target::parse(std::string_view target) {
  if (!target.starts_with('/')) return std::nullopt;
  target = target.substr(1, target.find('#') - 1);
  Target result;
  std::string_view path = cut(target, '?');
  while (!path.empty()) {
    auto segment = percent_decode(cut(path, '/'));
    if (!segment || segment->empty()) return std::nullopt;
    result.path.push_back(std::move(*segment));
  }
  while (!target.empty()) {
    std::string_view value = cut(target, '&');
    auto name = percent_decode(cut(value, '='));
    auto decoded = percent_decode(value);
    if (!name || !decoded) return std::nullopt;
    result.query.emplace_back(std::move(*name), std::move(*decoded));
  }
  return result;
}

std::string_view Target::parameter(std::string_view name) const {
  for (const auto& [have, value] : query) {
    if (have == name) return value;
  }
  return {};
}

std::string percent_encode(std::string_view text) {
  static constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (kPlain.find(c) != std::string_view::npos) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 15U];
  }
  return out;
}

}  // namespace openhash::gateway
