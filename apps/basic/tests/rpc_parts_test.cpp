// The parts of `basic rpc` that know nothing of JSON.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include "../gate.h"
#include "../line_cutter.h"
#include "../line_writer.h"
#include "../rpc_errors.h"
#include "base/system.h"
#include "ohim/errc.h"

namespace {

using Lines = std::vector<std::string>;

/// What comes out of a cutter for lines of at most 8 bytes.
Lines cut(const Lines& chunks) {
  Lines out;
  LineCutter cutter(8, {[&](std::string_view line) { out.emplace_back(line); },
                        [&] { out.emplace_back("<oversize>"); }});
  for (const std::string& chunk : chunks) cutter.feed(chunk);
  cutter.finish();
  return out;
}

TEST(LineCutter, CutsWhereverTheBytesComeApart) {
  EXPECT_EQ(cut({"one\ntw", "o\n", "\nthree"}), (Lines{"one", "two", "", "three"}));
}

TEST(LineCutter, SkipsALineThatIsTooLongAndGoesOn) {
  EXPECT_EQ(cut({"123456789\nok\n"}), (Lines{"<oversize>", "ok"}));
  EXPECT_EQ(cut({"12345678", "9", "0\nok"}), (Lines{"<oversize>", "ok"}));
  EXPECT_EQ(cut({"12345678\n"}), (Lines{"12345678"}));
}

/// Requests at a gate, and which of them went in.
class AtTheGate : public testing::Test {
 protected:
  void enter(const std::string& who, Gate::Pass pass) {
    gate.enter(pass, [this, who] { went.push_back(who); });
  }
  Gate gate;
  Lines went;
};

TEST_F(AtTheGate, OrdinaryOnesGoSideBySide) {
  enter("a", Gate::Pass::ordinary);
  enter("b", Gate::Pass::ordinary);
  EXPECT_EQ(went, (Lines{"a", "b"}));
}

TEST_F(AtTheGate, WhatComesBehindASignOnWaitsForIt) {
  enter("sign on", Gate::Pass::session);
  enter("text", Gate::Pass::ordinary);
  enter("status", Gate::Pass::free);
  EXPECT_EQ(went, (Lines{"sign on", "status"}));
  gate.leave(Gate::Pass::session);
  EXPECT_EQ(went, (Lines{"sign on", "status", "text"}));
}

TEST_F(AtTheGate, ASignOffLetsTextsEndButNotForEver) {
  enter("text", Gate::Pass::ordinary);
  enter("sign off", Gate::Pass::leaving);
  enter("sign on", Gate::Pass::session);
  EXPECT_TRUE(gate.leaving());
  gate.lose_patience();
  EXPECT_EQ(went, (Lines{"text", "sign off"}));
  gate.leave(Gate::Pass::leaving);
  EXPECT_EQ(went, (Lines{"text", "sign off", "sign on"}));
  gate.leave(Gate::Pass::ordinary);
  gate.leave(Gate::Pass::session);
  EXPECT_TRUE(gate.idle());
}

TEST(RpcErrors, HaveAKindForEachOfOurs) {
  EXPECT_EQ(rpc_kind_of(ohim::Errc::name_taken).name, "NameTaken");
  EXPECT_EQ(rpc_kind_of(base::Errc::unreachable).name, "Unreachable");
  EXPECT_EQ(rpc_kind_of(std::make_error_code(std::errc::io_error)).name, "Refused");
  EXPECT_EQ(rpc_kinds().size(), 11U);
}

/// A pipe whose reader is in no hurry.
class SlowReader : public testing::Test {
 protected:
  SlowReader() {
    EXPECT_EQ(pipe(ends_), 0);
    fcntl(ends_[0], F_SETFL, O_NONBLOCK);
  }
  ~SlowReader() override {
    for (const int end : ends_)
      if (end >= 0) close(end);
  }
  std::string read_some() {
    std::string buffer(1 << 20, '\0');
    const ssize_t count = read(ends_[0], buffer.data(), buffer.size());
    return buffer.substr(0, count < 0 ? 0 : static_cast<std::size_t>(count));
  }
  void go_away() {
    close(ends_[0]);
    ends_[0] = -1;
  }

  base::System system;
  int ends_[2] = {-1, -1};
};

base::Task<void> read_until_empty(LineWriter& out, std::string& got, base::Clock& clock,
                                  std::function<std::string()> read_some) {
  while (out.queued() > 0) {
    got += read_some();
    co_await base::sleep_for(clock, std::chrono::milliseconds(1));
  }
  got += read_some();
}

TEST_F(SlowReader, GetsEverythingInOrder) {
  LineWriter out(system.world().clock, ends_[1], 1 << 24, [](auto) { FAIL(); });
  std::string sent;
  for (int i = 0; i < 2000; ++i) {
    const std::string line = std::to_string(i) + std::string(500, '.');
    sent += line + "\n";
    out.write(line);
  }
  EXPECT_GT(out.queued(), 0U);
  std::string got;
  system.run_until_done(
      read_until_empty(out, got, system.world().clock, [this] { return read_some(); }));
  EXPECT_EQ(got, sent);
}

base::Task<LineWriter::Broken> outcome(base::Completion<LineWriter::Broken>& broken) {
  co_return co_await broken;
}

TEST_F(SlowReader, IsGivenUpWhenTooMuchPilesUp) {
  base::Completion<LineWriter::Broken> broken;
  LineWriter out(system.world().clock, ends_[1], 1 << 20, [&](auto why) { broken.set(why); });
  for (int i = 0; i < 2000; ++i) out.write(std::string(1000, '.'));
  EXPECT_EQ(system.run_until_done(outcome(broken)), LineWriter::Broken::reader_stuck);
}

TEST_F(SlowReader, MayGoAway) {
  signal(SIGPIPE, SIG_IGN);
  base::Completion<LineWriter::Broken> broken;
  LineWriter out(system.world().clock, ends_[1], 1 << 20, [&](auto why) { broken.set(why); });
  go_away();
  out.write("is anybody there?");
  EXPECT_EQ(system.run_until_done(outcome(broken)), LineWriter::Broken::reader_gone);
}

}  // namespace
