#include "tests/ui/laptop.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace rukun::test {
namespace {

std::string asset(const std::string& name) {
  std::ifstream in(std::string(RUKUN_SOURCE_DIR) + "/assets/" + name, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

std::map<std::string, ui::Translator> both_languages() {
  std::map<std::string, ui::Translator> out;
  for (const std::string code : {"id", "en"})
    out.emplace(code, ui::Translator::from_po(code, asset("i18n/" + code + ".po")).value());
  return out;
}

Laptop::Laptop(std::uint64_t seed, ui::Nearby::Open network, Clock* clock, std::string vfs,
               ui::ListSizes lists)
    : time_(clock == nullptr ? clock_ : *clock),
      network_(std::move(network)),
      vfs_(std::move(vfs)),
      lists_(lists),
      random_(seed),
      items_(ItemCatalogue::read(asset("items.tsv")).value()),
      words_(WordList::read(asset("wordlist.txt")).value()) {
  if (!crypto_ready()) throw std::runtime_error("libsodium cannot start");
  presenter_ = std::make_unique<ui::Presenter>(setup());
  presenter_->start(std::nullopt);
}

ui::PresenterSetup Laptop::setup() {
  return {.files = files_,
          .clock = time_,
          .random = random_,
          .items = items_,
          .words = words_,
          .home = folder_ / "home",
          .state = folder_ / "state",
          .languages = both_languages(),
          .unlock_goal_ms = 0,
          .version = "0",
          .sticks = [this] { return sticks; },
          .papers = folder_ / "Dokumen",
          .network = network_,
          .vfs = vfs_,
          .lists = lists_};
}

void Laptop::restart(std::optional<std::string> passphrase) {
  presenter_.reset();
  presenter_ = std::make_unique<ui::Presenter>(setup());
  presenter_->start(passphrase);
}

void Laptop::first_run(ui::Begin command) {
  passphrase_.clear();
  for (const auto& word : presenter_->views()->first_run.passphrase)
    passphrase_ += (passphrase_.empty() ? "" : " ") + word;
  command.passphrase.set(passphrase_);
  presenter_->execute(command);
  if (!presenter_->views()->first_run.failed.empty())
    throw std::runtime_error(presenter_->views()->first_run.failed);
  presenter_->execute(ui::FinishFirstRun{});
}

void Laptop::begin(const std::string& name) {
  ui::Begin command;
  command.name = name;
  command.rt = "3";
  command.rw = "7";
  command.village = "Sukamaju";
  first_run(command);
}

void Laptop::join(const std::string& name, const std::string& file, const std::string& code) {
  ui::Begin command;
  command.name = name;
  command.joining = true;
  command.invitation = file;
  command.spoken = code;
  first_run(command);
}

void Laptop::add_need(const std::string& who, const std::string& item, const std::string& quantity,
                      const std::string& unit) {
  ui::EntryDraft draft;
  draft.who = who;
  draft.new_household = true;
  draft.item = item;
  draft.title = item;
  draft.category = "food";
  draft.quantity = quantity;
  draft.unit = unit;
  presenter_->execute(ui::AddEntry{draft});
}

void Laptop::add_offer(const std::string& giver, const std::string& item,
                       const std::string& quantity, const std::string& unit) {
  ui::EntryDraft draft;
  draft.offer = true;
  draft.who = giver;
  draft.item = item;
  draft.title = item;
  draft.category = "food";
  draft.quantity = quantity;
  draft.unit = unit;
  presenter_->execute(ui::AddEntry{draft});
}

std::string Laptop::add(const std::string& kind, const ui::FieldTexts& fields,
                        const ui::FieldTexts& given) {
  const auto screen = ui::screen_of(find_kind(std::string_view(kind))->id);
  if (screen) presenter_->execute(ui::Go{*screen});
  presenter_->execute(ui::Deed{.what = ui::Deed::What::add, .kind = kind, .fields = given});
  const auto form = presenter_->views()->form;
  if (!form) throw std::runtime_error(presenter_->views()->shell.refused);
  ui::SaveForm save{form->number, form->texts};
  for (const auto& [name, text] : fields) save.texts[name] = text;
  presenter_->execute(save);
  if (const auto& left = presenter_->views()->form) {
    std::string why = left->problem;
    for (const auto& field : left->fields) why += field.problem;
    throw std::runtime_error(why);
  }
  const auto& made = presenter_->views()->records.detail;
  return screen && made ? made->id : std::string();
}

void Laptop::add_shift(const ui::FieldTexts& activity, const std::string& starts,
                       const std::string& ends) {
  add("activity", activity);
  presenter_->execute(ui::Go{ui::Screen::schedule});
  presenter_->execute(ui::Deed{.what = ui::Deed::What::add, .kind = "shift"});
  const auto form = presenter_->views()->form.value();
  ui::SaveForm save{form.number, form.texts};
  for (const auto& field : form.fields)
    if (field.name == "activity") save.texts["activity"] = field.choices.at(0).id;
  save.texts["starts"] = starts;
  save.texts["ends"] = ends;
  presenter_->execute(save);
  if (presenter_->views()->form) throw std::runtime_error("the shift was refused");
  presenter_->execute(ui::Go{ui::Screen::schedule});
}

std::filesystem::path Laptop::plug_in(const std::vector<std::string>& folders) {
  const auto stick = folder() / "FLASHDISK";
  std::filesystem::create_directories(stick);
  for (const auto& one : folders) std::filesystem::create_directories(stick / one);
  sticks = {{stick, "FLASHDISK"}};
  return stick;
}

}  // namespace rukun::test
