// `basic-window`: Basic with a window. Its command line is that of `basic`.

#include "basic/gui/application.h"
#include "client_thread.h"
#include "command_line.h"
#include "private_memory.h"

int main(int argc, char** argv) {
  keep_memory_private();
  Options options;
  if (const auto status = read_command_line(argc, argv, options)) return *status;
  const auto start = [&options](
                         basic::gui::Bridge& bridge,
                         std::function<void()> interrupted) -> base::Result<std::shared_ptr<void>> {
    auto client = ClientThread::start(options, bridge, std::move(interrupted));
    if (!client) return client.error();
    return std::shared_ptr<void>(std::move(*client));
  };
  return basic::gui::run_application(argc, argv, options.profile, start);
}
