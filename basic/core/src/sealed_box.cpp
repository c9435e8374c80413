#include "sealed_box.h"

#include <sodium.h>

namespace basic {
namespace {

constexpr std::size_t kKey = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kMac = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t kTag = 16;

base::Secret derive(const base::Secret& key, std::string_view label) {
  base::Secret derived(kKey);
  const base::ByteView input = base::view(label);
  crypto_generichash(derived.data(), derived.size(), input.data(), input.size(), key.data(),
                     key.size());
  return derived;
}

}  // namespace

SealedBox::SealedBox(const base::Secret& key)
    : seal_key_(derive(key, "ohim/1/profile seal")), tag_key_(derive(key, "ohim/1/profile tag")) {}

base::Bytes SealedBox::seal(base::ByteView content, base::ByteView place,
                            base::Entropy& entropy) const {
  base::Bytes box(kNonce + content.size() + kMac);
  entropy.fill(std::span(box).first(kNonce));
  crypto_aead_xchacha20poly1305_ietf_encrypt(box.data() + kNonce, nullptr, content.data(),
                                             content.size(), place.data(), place.size(), nullptr,
                                             box.data(), seal_key_.data());
  return box;
}

std::optional<base::Bytes> SealedBox::open(base::ByteView box, base::ByteView place) const {
  if (box.size() < kNonce + kMac) return std::nullopt;
  base::Bytes content(box.size() - kNonce - kMac);
  const base::ByteView sealed = box.subspan(kNonce);
  const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
      content.data(), nullptr, nullptr, sealed.data(), sealed.size(), place.data(), place.size(),
      box.data(), seal_key_.data());
  if (opened != 0) return std::nullopt;
  return content;
}

base::Bytes SealedBox::tag(std::string_view name) const {
  base::Bytes tag(kTag);
  const base::ByteView input = base::view(name);
  crypto_generichash(tag.data(), tag.size(), input.data(), input.size(), tag_key_.data(),
                     tag_key_.size());
  return tag;
}

}  // namespace basic
