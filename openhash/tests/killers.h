#pragma once
// Datagrams that end a stock engine of version 2.4.12. Each was tried on one. The guard must drop
// them all, and a node must serve on when they are sent to it.

#include <vector>

#include "openhash/guard.h"
#include "pack.h"

namespace openhash::killers {

inline base::Bytes id(std::uint8_t fill = 0x11) { return base::Bytes(20, fill); }

/// 8 bytes: an error with an empty list, of which the engine reads the first item.
inline base::Bytes error_with_empty_list() { return *base::from_hex("82a16590a179a165"); }

/// The engine divides by the number of selected fields.
inline base::Bytes reply_with_empty_selection() {
  Pack out;
  out.map(3).text("r").map(2).text("id").binary(id());
  out.text("fileds").map(2).text("f").array(0).text("v").array(0);
  return out.text("t").number(7).text("y").text("r").bytes();
}

/// The engine reads the body as a map, whatever it is.
inline base::Bytes request_with_a_body_that_is_no_map() {
  Pack out;
  out.map(4).text("a").flag(true).text("q").text("ping");
  return out.text("t").number(7).text("y").text("q").bytes();
}

/// Without a body, the engine reads the error's list of two as a map of two, so beyond its end,
/// where the list's own text lies: here the picture of a text that begins at a wild address.
inline base::Bytes error_without_a_body() {
  const std::string_view wild_text("\5\0\0\0\0\0\0\0\2\0\0\0\0\0\0\0AAAAAAAA", 24);
  Pack out;
  out.map(3).text("e").array(2).number(401).text(std::string(wild_text).append(wild_text));
  return out.text("t").number(7).text("y").text("e").bytes();
}

/// A put with the engine's own signature, then a plain one over it: what the engine's secure
/// wrapper does not survive, and what would let the signed value skip our policy.
inline base::Bytes put(base::ByteView value) {
  Pack out;
  out.map(4).text("a").map(4).text("id").binary(id()).text("h").binary(id(0x22));
  out.text("values").array(1).raw(value).text("token").binary(base::Bytes(32, 0x33));
  return out.text("q").text("put").text("t").number(7).text("y").text("q").bytes();
}
inline base::Bytes put_signed_by_the_engine() {
  Pack value;
  value.map(2).text("id").number(5).text("dat").map(2).text("body").map(4);
  value.text("seq").number(1).text("owner").binary(base::Bytes(294, 0x44));
  value.text("type").number(kValueTypes).text("data").binary(base::Bytes(3, 1));
  return put(value.text("sig").binary(base::Bytes(256, 0x55)).bytes());
}
inline base::Bytes plain_put_over_it() {
  Pack value;
  value.map(2).text("id").number(5).text("dat").map(1).text("body").map(2);
  return put(value.text("type").number(0).text("data").binary(base::Bytes(3, 2)).bytes());
}

inline std::vector<base::Bytes> all() {
  return {
      error_with_empty_list(), reply_with_empty_selection(), request_with_a_body_that_is_no_map(),
      error_without_a_body(),  put_signed_by_the_engine(),   plain_put_over_it()};
}

}  // namespace openhash::killers
