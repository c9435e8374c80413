#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

#include "basic/gui/window.h"
#include "frames.h"
#include "measure_window.h"
#include "sim_people.h"

namespace bench {
namespace {

using namespace std::chrono_literals;
using basic::gui::test::kPassword;
using basic::gui::test::SimPeople;

constexpr double kPromisedList = 200;  // milliseconds; three times that are felt as waiting

std::string name_of(int number) { return "springfielder" + std::to_string(number); }

/// They exist, and Lisa lists them. That they are off line is dear enough for her client.
void befriend(SimPeople& people, basic::Client& lisa, int count) {
  auto& world = people.world();
  basic::Client& clerk = people.start("clerk", std::make_shared<basic::gui::test::Silence>());
  for (int i = 0; i < count; ++i) {
    SimPeople::must(world.run(clerk.register_user(name_of(i), SimPeople::secret())));
    SimPeople::must(world.run(lisa.add_buddy(name_of(i))));
  }
}

}  // namespace

Rows measure_buddies(int count) {
  SimPeople people;
  QTemporaryDir folder;
  basic::gui::Bridge bridge;
  basic::Client& lisa = people.serve("lisa", bridge);
  SimPeople::must(people.world().run(lisa.register_user("lisa", SimPeople::secret())));
  SimPeople::must(people.world().run(lisa.sign_on("lisa", SimPeople::secret())));
  befriend(people, lisa, count);
  SimPeople::must(people.world().run(lisa.sign_off()));

  basic::gui::Window window(bridge, folder.path().toStdString());
  window.resize(1000, 700);
  window.show();
  QTest::keyClicks(window.findChild<QLineEdit*>("nameField"), "lisa");
  QTest::keyClicks(window.findChild<QLineEdit*>("passwordField"),
                   QString::fromStdString(kPassword));
  QTest::mouseClick(window.findChild<QPushButton*>("startSubmit"), Qt::LeftButton);
  auto& list = *window.findChild<QAbstractItemView*>("buddyList");
  const auto listed = [&] {
    int rows = 0;
    const QAbstractItemModel& groups = *list.model();
    for (int row = 0; row < groups.rowCount(); ++row) rows += groups.rowCount(groups.index(row, 0));
    return list.isVisible() && rows >= count;
  };
  std::vector<Nanoseconds> coming;
  people.until("all are listed", [&] {
    coming.push_back(frame(list, [] {}));
    return listed();
  });

  std::vector<Nanoseconds> typing;
  auto& field = *window.findChild<QLineEdit*>("searchField");
  field.setFocus();
  for (int round = 0; round < 5; ++round) {
    for (const char letter : std::string("springfielder77"))
      typing.push_back(frame(list, [&] { QTest::keyClick(&field, letter); }));
    for (int i = 0; i < 15; ++i)
      typing.push_back(frame(list, [&] { QTest::keyClick(&field, Qt::Key_Backspace); }));
  }
  bridge.detach();
  const std::string who = std::to_string(count) + " buddies: ";
  const double all = percentiles(coming).most / 1000;
  Rows rows{{who + "from signed on to listed", format("%.1f ms", all),
             format("< %.0f ms", kPromisedList), format("%.2fx", all / kPromisedList)}};
  for (Row& row : rows_of(who + "keys typed to search", typing)) rows.push_back(std::move(row));
  return rows;
}

}  // namespace bench
