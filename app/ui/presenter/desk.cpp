#include "app/ui/presenter/desk.h"

#include "app/domain/rules/roles.h"
#include "app/domain/rules/titles.h"
#include "app/domain/schema.h"
#include "platform/base/check.h"

namespace rukun::ui {

Desk::Desk(PresenterSetup setup)
    : setup_(std::move(setup)),
      context_{setup_.files, setup_.clock, setup_.random, setup_.items, setup_.words,
               setup_.home,  setup_.state, Language::id,  setup_.vfs},
      published_(std::make_shared<const Views>()) {}

void Desk::speak(const std::string& language) {
  if (setup_.languages.count(language) != 0) setup_.language = language;
  context_.language = setup_.language == "en" ? Language::en : Language::id;
}

Engine& Desk::engine() {
  CHECK_BUG(engine_.has_value());
  return *engine_;
}

const SpaceInfo& Desk::space() const {
  CHECK_BUG(space_.has_value());
  return *space_;
}

Status Desk::open(const ProfileInfo& profile, ByteView passphrase) {
  TRY(auto engine, Engine::unlock(context_, profile, passphrase));
  engine_.emplace(std::move(engine));
  return {};
}

void Desk::close() {
  engine_.reset();
  space_.reset();
  forget();
  wipe();
}

void Desk::choose_space() {
  space_.reset();
  for (auto& one : engine().spaces()) {
    const bool meant =
        setup_.space.empty() || one.name == setup_.space || one.id.hex() == setup_.space;
    if (meant && !space_) space_ = one;
  }
}

// Nothing that was on the screen stays in memory for longer than the next picture.
void Desk::wipe() {
  SettingsView settings = now.settings;
  const std::uint64_t visit = now.visit;
  now = Views();
  now.settings = std::move(settings);
  now.visit = visit + 1;
}

void Desk::publish() {
  published_ = std::make_shared<const Views>(now);
  if (changed_) changed_();
}

void Desk::forget() {
  aid_.reset();
  all_needs_.reset();
  derived_.reset();
  ++version_;
  ++glance_;
}

void Desk::refuse(const Error& failure) {
  auto words = error_words(failure, speaking());
  if (failure.code == Code::full || failure.code == Code::io)
    now.shell.status.failed = words;
  else
    now.shell.refused = words;
}

void Desk::wrote() {
  choose_space();
  forget();
  now.shell.status.failed.clear();
}

Status Desk::act(const Action& action, std::string_view done_key, const std::string& title) {
  if (!space_) return error(Code::not_allowed, speaking().words.tr("refused.no_space"));
  TRY(const auto outcome, engine().execute(space_->id, action));
  made_.reset();
  if (!outcome.records.empty()) made_ = outcome.records.back();
  const std::string named = title.empty() && made_ ? title_of(*made_) : title;
  std::string words = speaking().words.tr(done_key, {{"title", named}});
  for (const auto& warning : outcome.warnings) words += ". " + warning;
  now.shell.undo = UndoView{words, true, next_bar()};
  wrote();
  return {};
}

void Desk::say_done(std::string words) {
  wrote();
  now.shell.undo = UndoView{std::move(words), false, next_bar()};
}

Status Desk::note(Access access, std::string_view subject, std::uint64_t rows) {
  return note_access(engine().local(), setup_.clock, access, subject, rows);
}

Speaking Desk::speaking() const {
  return {setup_.languages.at(setup_.language), context_.language, setup_.utc_offset_min,
          setup_.clock.now()};
}

FormatContext Desk::showing() {
  FormatContext context(context_.language);
  context.utc_offset_min = setup_.utc_offset_min;
  context.items = &setup_.items;
  context.name_of_record = [this](const FieldSpec&, RecordId id) { return title_of(id); };
  return context;
}

ParseContext Desk::reading() const {
  ParseContext context;
  context.now = setup_.clock.now();
  context.utc_offset_min = setup_.utc_offset_min;
  context.language = context_.language;
  context.items = &setup_.items;
  return context;
}

bool Desk::may(KindId kind) const {
  return space_ && space_->role && may_write(*space_->role, {kind, true}, context_.language);
}

Query Desk::query_of(KindId kind) const {
  Query query;
  query.kind = kind;
  query.spaces = {space().number};
  return query;
}

Result<Row> Desk::row_of(const RecordId& id) {
  TRY(auto row, engine().records().row(space().number, id));
  if (!row) return error(Code::not_found, id.hex().substr(0, 8) + ": belum tiba");
  return std::move(*row);
}

Result<std::vector<Row>> Desk::rows_where(KindId kind, FieldId field, const RecordId& is) {
  Query query = query_of(kind);
  query.where = {{field, Compare::equal, is}};
  query.limit = kMostRows;
  return engine().records().rows(query);
}

std::string Desk::title_of(const RecordId& id) {
  if (!engine_ || !space_) return {};
  const auto title = record_title(engine_->records(), space_->number, id, showing());
  return title ? *title : title.error().message;
}

Result<const Derived*> Desk::aid() {
  if (!aid_) {
    const std::uint32_t spaces[] = {space().number};
    TRY(aid_, Derived::load_taken_up(engine().records(), spaces));
  }
  return &*aid_;
}

Result<const AidBalances*> Desk::aid_balances() {
  TRY(const Derived* derived, aid());
  return derived->aid(space().number);
}

Result<const std::vector<ListedNeed>*> Desk::all_needs() {
  if (!all_needs_) {
    TRY(const AidBalances* balances, aid_balances());
    TRY(all_needs_, list_needs(engine().records(), space().number, balances));
  }
  return &*all_needs_;
}

Result<const Derived*> Desk::derived_for(KindId kind) {
  if (derived_fields(kind).empty()) return nullptr;
  if (!derived_ || derived_kind_ != kind) {
    const std::uint32_t spaces[] = {space().number};
    TRY(derived_, Derived::load(engine().records(), spaces, kind));
    derived_kind_ = kind;
  }
  return &*derived_;
}

Result<RecordId> record_of(std::string_view hex) {
  const auto bytes = from_hex(hex);
  const auto id = bytes ? RecordId::from(*bytes) : std::nullopt;
  if (!id) return error(Code::not_found, std::string(hex));
  return *id;
}

std::optional<RecordId> link_in(const Row& row, FieldId field) {
  const auto* link = std::get_if<RecordId>(&value_in(row, field));
  return link == nullptr ? std::nullopt : std::optional(*link);
}

std::int64_t number_or(const Row& row, FieldId field, std::int64_t otherwise) {
  const auto* number = std::get_if<std::int64_t>(&value_in(row, field));
  return number == nullptr ? otherwise : *number;
}

}  // namespace rukun::ui
