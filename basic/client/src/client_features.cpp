// Modules: what there is, switching it, setting it.
#include "client_impl.h"

namespace basic {

base::Error texts_are_off() {
  return base::fail(base::Errc::refused, "you have switched texts off; switch them on to send one");
}

base::Error takes_no_texts(const ohim::Name& name) {
  return base::fail(base::Errc::refused, name.str() + " has switched texts off");
}

std::vector<ModuleInfo> Client::modules() const { return impl_->switches.list(); }

base::Task<base::Result<void>> Client::switch_module(std::string name, bool on) {
  return impl_->switch_module(std::move(name), on);
}

base::Task<base::Result<void>> Client::set_module_setting(std::string module, std::string key,
                                                          std::string value) {
  return impl_->set_module_setting(std::move(module), std::move(key), std::move(value));
}

std::vector<Module*> Client::Impl::all_modules() {
  std::vector<Module*> modules{&texts, &statuses};
  modules.insert(modules.end(), options.modules.begin(), options.modules.end());
  return modules;
}

base::Task<base::Result<void>> Client::Impl::switch_module(std::string name, bool on) {
  if (!engine.signed_on()) co_return not_signed_on();
  const base::Result<Module*> module = switches.find(name);
  if (!module) co_return module.error();
  if (switches.on(**module) == on) co_return base::Result<void>();
  base::Task<base::Result<void>> kept = switches.set_on(**module, on);
  engine.speak(switches.spoken());
  if (*module == &texts && !on) texts.give_up_all(texts_are_off());
  events.modules_changed();
  co_return co_await kept;
}

base::Task<base::Result<void>> Client::Impl::set_module_setting(std::string name, std::string key,
                                                                std::string value) {
  if (!engine.signed_on()) co_return not_signed_on();
  const base::Result<Module*> module = switches.find(name);
  if (!module) co_return module.error();
  const base::Result<void> set = switches.set(**module, key, value);
  if (!set) co_return set.error();
  if (*module == &statuses) show_self();  // the location says the same
  events.modules_changed();
  co_return co_await switches.keep(**module, key, value);
}

void Client::Impl::profile_opened() {
  switches.open();
  engine.speak(switches.spoken());
  events.modules_changed();
}

/// Texts that wait for somebody who takes none now shall not wait in vain.
void Client::Impl::epochs_changed(const ohim::Name& peer) {
  const bool in_vain = engine.linked(peer) && !engine.speaks(peer, texts.epoch());
  if (in_vain) texts.give_up(peer, switches.on(texts) ? takes_no_texts(peer) : texts_are_off());
}

}  // namespace basic
