#pragma once
// A watch that stands at two ways, and moves along.

#include "nearest_impl.h"
#include "openhash/news.h"

namespace openhash {

class NearestWatch final : public Watch {
 public:
  NearestWatch(NearestStore::Impl& store, const Key& key, OnRecord changed, Fallback fallback);
  ~NearestWatch() override;
  NearestWatch(const NearestWatch&) = delete;
  NearestWatch& operator=(const NearestWatch&) = delete;

  /// To where it should stand now.
  void move();

 private:
  struct Stand {
    std::size_t way = 0;
    std::unique_ptr<Watch> watch;
  };
  [[nodiscard]] std::vector<std::size_t> wanted() const;
  [[nodiscard]] bool stands_at(std::size_t way) const;
  void catch_up_after(base::Duration pause);
  base::Task<void> catch_up();
  void give(const Record& record);

  NearestStore::Impl& store_;
  Key key_;
  OnRecord changed_;
  Fallback fallback_;
  News news_;
  std::vector<Stand> stands_;
  std::shared_ptr<NearestWatch*> alive_ = std::make_shared<NearestWatch*>(this);
  base::Timer timer_;
  base::Tasks tasks_;
};

}  // namespace openhash
