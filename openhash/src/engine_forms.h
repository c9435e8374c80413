#pragma once
// The engine's forms of our addresses, keys and values, and back; its socket; its settings. For
// engine.cpp alone.

#include <netinet/in.h>
#include <opendht/dht.h>

#include <algorithm>
#include <cstring>

#include "engine.h"

namespace openhash {

inline dht::InfoHash to_hash(base::ByteView bytes) { return {bytes.data(), bytes.size()}; }

inline dht::SockAddr to_sockaddr(const base::Endpoint& endpoint) {
  if (endpoint.is_v4()) {
    sockaddr_in out{};
    out.sin_family = AF_INET;
    out.sin_port = htons(endpoint.port);
    std::memcpy(&out.sin_addr, endpoint.address.data() + 12, 4);
    return {reinterpret_cast<const sockaddr*>(&out), sizeof out};
  }
  sockaddr_in6 out{};
  out.sin6_family = AF_INET6;
  out.sin6_port = htons(endpoint.port);
  std::memcpy(&out.sin6_addr, endpoint.address.data(), 16);
  return {reinterpret_cast<const sockaddr*>(&out), sizeof out};
}

inline base::Endpoint to_endpoint(const dht::SockAddr& address) {
  base::Endpoint out;
  if (address.getFamily() == AF_INET) {
    const auto* const a = reinterpret_cast<const std::uint8_t*>(&address.getIPv4().sin_addr);
    return base::Endpoint::v4(a[0], a[1], a[2], a[3], address.getPort());
  }
  if (address.getFamily() == AF_INET6) {
    std::memcpy(out.address.data(), &address.getIPv6().sin6_addr, 16);
    out.port = address.getPort();
  }
  return out;
}

inline Contact to_contact(const dht::InfoHash& id, const dht::SockAddr& address) {
  Contact contact{{}, to_endpoint(address)};
  std::copy(id.cbegin(), id.cend(), contact.id.begin());
  return contact;
}

/// An address as it stands in a reply.
inline base::Endpoint address_in(base::ByteView bytes) {
  if (bytes.size() == 4) return base::Endpoint::v4(bytes[0], bytes[1], bytes[2], bytes[3], 0);
  base::Endpoint out;
  std::copy_n(bytes.begin(), std::min(bytes.size(), out.address.size()), out.address.begin());
  return out;
}

inline Key to_key(const dht::InfoHash& hash) {
  Key key;
  std::copy(hash.cbegin(), hash.cend(), key.bytes.begin());
  return key;
}

inline std::shared_ptr<dht::Value> to_engine(const Value& value) {
  return std::make_shared<dht::Value>(value.type, value.record.data(), value.record.size(),
                                      value.id);
}

/// The engine has fields of its own for owners and encryption; ours are in the record.
inline bool plain(const dht::Value& value) {
  return !value.owner && !value.recipient && value.signature.empty() && value.cypher.empty() &&
         value.user_type.empty();
}

/// The engine's socket: hands every datagram over to us.
class EngineSocket final : public dht::net::DatagramSocket {
 public:
  using Send = std::function<void(const base::Endpoint&, base::ByteView)>;
  EngineSocket(const base::Endpoint& local, Send send)
      : v4_(local.is_v4()), bound_(to_sockaddr(local)), send_(std::move(send)) {}

  int sendTo(const dht::SockAddr& to, const std::uint8_t* data, std::size_t size, bool) override {
    send_(to_endpoint(to), {data, size});
    return 0;
  }
  bool hasIPv4() const override { return v4_; }
  bool hasIPv6() const override { return !v4_; }
  const dht::SockAddr& getBoundRef(sa_family_t) const override { return bound_; }
  void stop() override {}

 private:
  bool v4_;
  dht::SockAddr bound_;
  Send send_;
};

/// Values as importValues() reads them: each with the time from which its type's life counts.
inline std::vector<dht::ValuesExport> to_import(const dht::InfoHash& key, const dht::Value& value,
                                                base::Instant now) {
  msgpack::sbuffer buffer;
  msgpack::packer<msgpack::sbuffer> packer(&buffer);
  packer.pack_array(1);
  packer.pack_array(2);
  packer.pack(now.time_since_epoch().count());
  value.msgpack_pack(packer);
  return {{key, {buffer.data(), buffer.data() + buffer.size()}}};
}

// The engine reads these as int; negative is "no limit", zero its default.
inline constexpr int kUnlimited = -1;
inline constexpr int kMostBytes = 1 << 30;
inline constexpr int kMostKeys = 1 << 20;

inline dht::Config config_of(const EngineOptions& options) {
  dht::Config config;
  config.node_id = to_hash(options.id);
  config.network = options.network;
  config.max_req_per_sec = kUnlimited;       // the guard counts, per network prefix
  config.max_peer_req_per_sec = kUnlimited;  // the default throttles a cluster on one address
  config.max_searches = kUnlimited;          // at its limit the engine loops for ever
  config.max_store_keys = options.role == Role::storage ? kMostKeys : 1;
  config.max_store_size = options.role == Role::storage ? kMostBytes : 1024;
  config.public_stable = true;  // renew listens every 5 minutes, not every 20 seconds
  return config;
}

}  // namespace openhash
