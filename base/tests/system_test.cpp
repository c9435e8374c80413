#include "base/system.h"

#include <gtest/gtest.h>

namespace base {
namespace {

const Endpoint kLoopback = Endpoint::v4(127, 0, 0, 1, 0);

Task<Result<std::string>> ask(Transport& transport, Endpoint to, std::string question) {
  auto stream = co_await transport.connect(to);
  if (!stream) co_return stream.error();
  (void)(*stream)->write(view(question));
  (*stream)->close();
  std::string answer;
  Bytes chunk(100);
  for (;;) {
    auto count = co_await (*stream)->read(chunk);
    if (!count) co_return count.error();
    if (*count == 0) co_return answer;
    answer += to_string(ByteView(chunk).first(*count));
  }
}

Task<void> echo(std::unique_ptr<Stream> stream) {
  Bytes chunk(100);
  for (;;) {
    auto count = co_await stream->read(chunk);
    if (!count || *count == 0) break;
    (void)stream->write(ByteView(chunk).first(*count));
  }
  stream->close();
}

TEST(System, EchoesOverTcp) {
  System system;
  Tasks tasks;
  Transport& transport = system.world().transport;
  auto listener = transport.listen(kLoopback, [&tasks](std::unique_ptr<Stream> stream) {
    tasks.start(echo(std::move(stream)));
  });
  ASSERT_TRUE(listener) << listener.error().message();
  auto answer = system.run_until_done(ask(transport, (*listener)->local(), "hello"));
  ASSERT_TRUE(answer) << answer.error().message();
  EXPECT_EQ(*answer, "hello");
}

TEST(System, SendsDatagrams) {
  System system;
  Transport& transport = system.world().transport;
  Completion<std::string> arrived;
  auto lisa = transport.open_datagram(
      kLoopback, [&](ByteView datagram, const Endpoint&) { arrived.set(to_string(datagram)); });
  ASSERT_TRUE(lisa);
  (*lisa)->send((*lisa)->local(), view("ping"));
  auto wait = [](Completion<std::string>& one) -> Task<std::string> { co_return co_await one; };
  EXPECT_EQ(system.run_until_done(wait(arrived)), "ping");
}

}  // namespace
}  // namespace base
