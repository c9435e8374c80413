#include "client_thread.h"

#include <signal.h>

#include <future>
#include <optional>

#include "base/system.h"
#include "basic/directory_profile.h"
#include "way_in.h"

/// What the thread does, from its first line to its last.
struct ClientThread::Work {
  Work(Options the_options, basic::gui::Bridge& the_bridge, std::function<void()> on_interrupt)
      : options(std::move(the_options)),
        bridge(the_bridge),
        interrupted(std::move(on_interrupt)),
        system({.log = base::stderr_log(options.log)}) {}

  void run() {
    const auto events = bridge.events();
    auto profile = basic::DirectoryProfile::at(system.world(), options.profile);
    if (!profile) return ready.set_value(profile.error());
    auto way_in = WayIn::open(system.world(), options, [&events](const std::string& sentence) {
      events->warning(sentence);
    });
    if (!way_in) return ready.set_value(way_in.error());
    basic::Client client(system.world(), (*way_in)->store(), **profile, *events, options.client);
    bridge.attach(client, [this](std::function<void()> call) { system.post(std::move(call)); });
    system.on_signal({SIGTERM, SIGINT}, [this](int) { interrupted(); });
    ready.set_value({});
    system.run_until_done(serve(**way_in, client));
    bridge.detach();
  }

  base::Task<void> serve(WayIn& way_in, basic::Client& client) {
    base::Tasks settling;
    settling.start(way_in.settle());  // the first page is there at once
    co_await end;
    // Best effort: whoever watches us will also notice by the links.
    if (client.status().signed_on) static_cast<void>(co_await client.sign_off());
  }

  Options options;
  basic::gui::Bridge& bridge;
  std::function<void()> interrupted;
  base::System system;  // the thread's, but for post()
  base::Completion<bool> end;
  std::promise<base::Result<void>> ready;
};

ClientThread::ClientThread(std::shared_ptr<Work> work)
    : work_(std::move(work)), thread_([shared = work_] { shared->run(); }) {}

base::Result<std::unique_ptr<ClientThread>> ClientThread::start(const Options& options,
                                                                basic::gui::Bridge& bridge,
                                                                std::function<void()> interrupted) {
  auto work = std::make_shared<Work>(options, bridge, std::move(interrupted));
  auto ready = work->ready.get_future();
  std::unique_ptr<ClientThread> started(new ClientThread(std::move(work)));
  if (auto made = ready.get(); !made) return made.error();
  return started;
}

ClientThread::~ClientThread() {
  work_->system.post([work = work_.get()] { work->end.set(true); });
  thread_.join();
}
