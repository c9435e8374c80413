#include "base/result.h"

#include <gtest/gtest.h>

#include <memory>
#include <set>

namespace base {
namespace {

Result<int> half(int number) {
  if (number % 2 != 0) return fail(Errc::malformed, "odd");
  return number / 2;
}

TEST(Result, HoldsAValueOrAnError) {
  EXPECT_EQ(half(4).value_or(0), 2);
  const Result<int> odd = half(3);
  ASSERT_FALSE(odd);
  EXPECT_EQ(odd.error(), Errc::malformed);
  EXPECT_EQ(odd.error().message(), "odd");
  EXPECT_EQ(odd.value_or(7), 7);
}

TEST(Result, CarriesWhatOnlyMoves) {
  Result<std::unique_ptr<int>> result = std::make_unique<int>(5);
  const std::unique_ptr<int> taken = *std::move(result);
  EXPECT_EQ(*taken, 5);
}

TEST(Result, OfNothingIsSuccessOrAnError) {
  EXPECT_TRUE(Result<void>());
  const Result<void> failed = fail(Errc::closed);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, Errc::closed);
}

TEST(Error, SpeaksForItsCodeWhenItHasNoWords) {
  std::set<std::string> sentences;
  for (int code = 1; code <= static_cast<int>(Errc::failed); ++code) {
    sentences.insert(fail(static_cast<Errc>(code)).message());
  }
  EXPECT_EQ(sentences.size(), static_cast<std::size_t>(Errc::failed)) << "each its own words";
}

}  // namespace
}  // namespace base
