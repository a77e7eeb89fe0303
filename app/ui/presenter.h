#pragma once
// Between the engine and the screens: carries out commands and makes the picture that the window
// draws. It knows no window and starts no thread; whoever owns it calls it on one thread (the
// engine's, or a test's). Every failure becomes a sentence on the screen with what to do next;
// nothing is lost silently. Between unlock and lock it owns the engine.

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "app/domain/fields.h"
#include "app/domain/rules/attention.h"
#include "app/domain/rules/derived.h"
#include "app/domain/rules/need_list.h"
#include "app/domain/rules/roster_plan.h"
#include "app/engine/access_log.h"
#include "app/engine/engine.h"
#include "app/engine/importer.h"
#include "app/report/handed_in.h"
#include "app/report/named.h"
#include "app/report/recap.h"
#include "app/report/sheet.h"
#include "app/ui/formats.h"
#include "app/ui/nearby.h"
#include "app/ui/presenter_fields.h"
#include "app/ui/presenter_list.h"
#include "app/ui/presenter_order.h"
#include "app/ui/presenter_setup.h"
#include "app/ui/views.h"

namespace rukun::ui {

class Presenter {
 public:
  explicit Presenter(PresenterSetup setup);
  ~Presenter();

  // Looks who is here. With a passphrase the profile is unlocked at once.
  void start(std::optional<std::string_view> passphrase);
  void execute(const Command& command);
  // Background work in small steps; true when more is to do at once.
  bool idle();
  // Until there may be something to do in the background; wake() ends it, from any thread.
  void wait();
  void wake() { nearby_.wake(); }
  // What is being carried out ends after its present step: the file of an exchange with a folder,
  // the rows of an import or a change of many. What is stored by then stays. From any thread.
  void stop_work() { stop_work_ = true; }
  std::shared_ptr<const Views> views() const { return published_; }
  // Called whenever the picture changed, also in the middle of a long command.
  void on_change(std::function<void()> call) { changed_ = std::move(call); }

 private:
  // presenter.cpp: stages, what is published.
  void publish();
  void refresh();
  void enter(Screen screen, const std::string& record);
  void open_entered(const std::string& record);
  void look_for_profiles();
  Speaking speaking() const;
  FormatContext showing();
  ParseContext reading() const;
  void refuse(const Error& failure);
  Status begin(const Begin& command);
  Status found_or_join(const Begin& command);
  void choose_space();
  void finish_first_run();
  Status act(const Action& action, std::string_view done_key, const std::string& title);
  void wrote();
  void forget();
  void run(const Command& command);
  Status run_open(const Command& command);

  // presenter_choices.cpp
  void load_choices();
  void save_choices();
  bool run_choices(const Command& command);  // true when it was one of them

  // presenter_care.cpp: the lock, its PIN, the access log.
  void lock();
  void go_away();
  Status unlock(const std::string& profile, ByteView passphrase);
  Status recover(const Recover& command);
  void reopen(const SecretText& pin);
  Status set_pin(const SecretText& pin);
  bool run_lock(const Command& command);  // true when it was one of the lock's
  void load_lock_settings();
  Status choose_lock_time(int minutes);
  Status note(Access access, std::string_view subject, std::uint64_t rows);
  void note_entered();
  void fill_access();
  std::string subject_words(const std::string& subject);

  // presenter_home.cpp
  void fill_shell();
  void fill_home();
  bool alone();
  AttentionRow attention_row(const AttentionItem& item);
  void fill_attention();

  // presenter_index.cpp: one mechanism for every list.
  Result<const std::vector<ListedNeed>*> all_needs();
  Result<Names> names_of_all(KindId kind);
  const std::string& name_among(Names& names, const RecordId& id);
  Status order_by_names(const ListIndex& list, std::initializer_list<FieldId> fields,
                        const std::string& otherwise, OrderKeys& keys);
  Status order_by_field(const ListIndex& list, const FieldSpec& field, OrderKeys& keys);
  Status order_by_rows(const ListIndex& list, const ColumnPlan& plan, OrderKeys& keys);
  Status order_needs_by_title(const ListIndex& list, OrderKeys& keys);
  Status order_needs(const Arrangement& how, ListIndex& list, OrderKeys& keys);
  Status order_records(const Arrangement& how, ListIndex& list, OrderKeys& keys);
  Status read_list(ListIndex& list);
  void tell_sorting(const ListIndex& list);
  Status order_list(ListIndex& list);
  Status fit_list(ListIndex& list, const std::string& search, NeedFilter filter);
  Status index_needs();
  Result<const Derived*> derived_for(KindId kind);

  // presenter_needs.cpp
  void fill_needs();
  Result<NeedRow> need_row(const Row& row);
  Result<NeedDetail> need_detail_of(const RecordId& id);
  Status fill_goods(const Row& row, NeedDetail& detail);
  Status fill_history(const RecordId& id, KindId kind, std::vector<JourneyStop>& reached,
                      std::vector<HistoryLine>& lines);
  std::string change_words(KindId kind, const FieldChange& change);
  Status pledge(const Pledge& command);
  Status hand_over(const HandOver& command);
  Status close_need(const CloseNeed& command);

  // presenter_entry.cpp
  void open_entry(bool offer);
  void fill_entry();
  void fill_people(const std::string& typed);
  void fill_items(const std::string& typed);
  void fill_entry_hints(const EntryDraft& draft);
  Status save_draft(const EntryDraft& draft);
  Status add_entry(const EntryDraft& draft);
  Status drop_draft(bool offer);
  Result<AddRecord> new_household(const std::string& name);

  // presenter_form.cpp
  Status do_deed(const Deed& deed);
  Status open_form(const Deed& deed);
  Status resume_form();
  void fill_form_texts(const KindSpec& kind, const Row* row);
  Result<FormField> form_field(const KindSpec& kind, const FieldSpec& spec);
  Status fill_choices(const FieldSpec& spec, FormField& field);
  std::string typed_text(const FieldSpec& spec, const Value& value);
  Result<Value> form_value(const FieldSpec& spec, const std::string& text);
  void take_field(const FieldSpec& spec, const Row* row, FormField& field,
                  std::vector<FieldChange>& out);
  Result<std::optional<Action>> form_action();
  std::optional<Action> judge_form();
  void place_problem(const Error& failure);
  void place_warning(const std::string& words);
  FormDraft form_draft() const;
  Status form_typed(const FormTyped& command);
  Status save_form(const SaveForm& command);
  Status leave_form(bool drop);
  void close_form();
  void find_for_form(const AskRecords& command);
  Status write_fields(const Deed& deed);

  // presenter_records.cpp
  std::optional<Status> run_records(const Command& command);  // empty: it is of another screen
  bool may(KindId kind) const;
  DeedButton add_button(KindId kind, std::string_view key, FieldTexts given = {},
                        std::vector<std::string> asked = {}) const;
  DeedButton edit_button(const RecordId& id, std::string_view key, Icon icon,
                         std::vector<std::string> asked = {}) const;
  DeedButton write_button(const RecordId& id, std::string_view key, Icon icon,
                          FieldTexts fields) const;
  Deed open_deed(const Row& row) const;
  std::string amount_words(std::int64_t thousandths, std::string_view unit) const;
  std::string unit_of(const Row& row);
  std::string field_words(const Row& row, const FieldSpec& spec, const Value& value);
  Mark column_words(const Row& row, const ColumnPlan& plan, const Derived* derived);
  RecordColumn column_head(const ColumnPlan& plan) const;
  Status fill_rows(KindId kind, RecordsView& view);
  Status add_rows(std::span<const Listed> listed, const std::vector<ColumnPlan>& plans,
                  RecordsView& view);
  void open_detail(RecordsView& view);
  void fill_records();
  void open_record(const std::string& id, KindId kind);
  Status open_listed(const OpenRecord& command);
  Result<RecordDetail> detail_of(const RecordId& id);
  Status fill_special(const Row& row, RecordDetail& out);
  Result<std::vector<Row>> rows_where(KindId kind, FieldId field, const RecordId& is);

  // presenter_lists.cpp
  std::optional<Status> run_lists(const Command& command);  // empty: it is of another screen
  KindId shown_kind() const;
  Status load_arrangements();
  Arrangement arrangement_of(KindId kind) const;
  Status arrange_list(const ArrangeList& command);
  std::vector<ColumnPlan> arranged_columns(KindId kind, const Arrangement& how) const;
  void fill_tools(KindId kind, std::string_view paper, ListTools& tools);
  void fill_deeds(KindId kind, ListTools& tools);
  void fill_place(const ListIndex& list, ListTools& tools);
  // presenter_marks.cpp
  Status mark_rows(const MarkRows& command);
  Status mark_all(bool on);
  std::vector<Listed> marked_in_order();
  Status do_with_marked(const DoWithMarked& command);
  Status change_marked(const FieldSpec& field, const Value& value);
  Result<std::size_t> change_step(Action action, Refusals& refused);
  void refuse_one(const RecordId& id, const std::string& why, Refusals& refused);
  void tell_step(std::string_view key, std::size_t done, std::size_t all, bool can_stop);
  void tell_refused(const Refusals& refused);
  Status undo_last();
  // presenter_charts.cpp
  std::string counted_words(const ChartLine& line) const;
  static void count_state(rukun::NeedState state, ChartLine& line);
  void count_met(const std::vector<ListedNeed>& all);
  Status fill_need_charts();
  struct Goods;  // of one sort and unit, in all needs that lack some
  using AllGoods = std::map<std::pair<std::string, std::string>, Goods>;
  void add_lacking(const Row& need, const NeedBalance& balance, AllGoods& to);
  ChartView lacking_chart(const AllGoods& all) const;
  Status fill_drive_chart(RecordsView& view);

  // presenter_people.cpp
  std::string groups_of(const Row& household);
  std::string receiver_of(const Row& entitlement);
  Status keep_apart(const std::string& a, const std::string& b);
  RecordPair pair_of(const Row& a, const Row& b);
  Status fill_pairs(RecordsView& view);
  Status fill_similar(const Row& row, RecordDetail& out);
  Status fill_received(const Row& row, RecordDetail& out);
  Status fill_household(const Row& row, RecordDetail& out);
  Status fill_resident(const Row& row, RecordDetail& out);
  Status fill_volunteer(const Row& row, RecordDetail& out);
  Status make_invite(const MakeInvite& command);

  // presenter_aid.cpp
  Status shape_form();
  Status shape_pledge(const RecordId& need, FormView& view);
  Result<std::int64_t> open_quantity(const Row& row);
  std::string taker_of(const Row& row);
  RecordLine pledge_line(const Row& pledge, const AidBalances* balances);
  RecordLine handover_line(const Row& row);
  Result<RecordLine> entitlement_line(const Row& row);
  Status fill_offer(const Row& row, RecordDetail& out);
  Status fill_stock(const Row& program, RecordDetail& out);
  Status fill_program(const Row& row, RecordDetail& out);
  Status fill_serving(const Row& program, RecordDetail& out);
  Status fill_entitlement(const Row& row, RecordDetail& out);
  Status fill_handover(const Row& row, RecordDetail& out);

  // presenter_community.cpp
  RecordLine order_line(const Row& row);
  Status fill_drive(const Row& row, RecordDetail& out);
  Status fill_listing(const Row& row, RecordDetail& out);
  Status fill_order(const Row& row, RecordDetail& out);
  Status fill_training(const Row& row, RecordDetail& out);

  // presenter_schedule.cpp
  void fill_schedule();
  void show_week_of(const std::string& shift);
  Result<ShiftRow> shift_row(const Row& row, const Derived& duty);
  Result<ShiftDetail> shift_detail(const RecordId& id);
  SignupLine signup_line(const Row& signup, const SignupBalance& place);
  std::vector<ShiftRow> shifts_of_week(int weeks_on);
  WallTime week_start(int weeks_on) const;
  void fill_volunteer_names(const std::string& typed);
  Status sign_up(const SignUp& command);
  Status move_shift(const MoveShift& command);
  bool goes_round_households(const Row& shift);
  Status join_myself(const std::string& shift_id);

  // presenter_roster.cpp
  std::optional<Status> run_roster(const Command& command);  // empty: it is of another screen
  Status plan_roster(PlanRoster command);
  void fill_roster();
  Status fill_plan(RosterView& view);
  RosterNight night_of(const TurnsPlan& plan, const RosterDay& day);
  Result<TurnsPlan> wanted_turns();
  Status publish_roster(const PublishRoster& command);
  void fill_turns(const AskTurns& command);
  Status swap_turns(const SwapTurns& command);
  Result<Row> standing_signup(const std::string& signup);

  // presenter_erase.cpp
  std::optional<Status> run_erase(const Command& command);  // empty: it is of another screen
  Status ask_erase(const std::string& record);
  Status erase_records(const Erase& command);
  void add_erase_button(RecordDetail& detail) const;
  Status fill_erase(RecordsView& view);

  // presenter_recovery.cpp
  Result<Path> print_recovery();
  void print_first_run();
  // presenter_print.cpp
  struct Printed {
    Path file;
    std::size_t pages = 0;
    std::uint64_t rows = 0;
  };
  std::optional<Status> run_print(const Command& command);  // empty: it is of another screen
  DeedButton print_button(std::string_view what, const std::string& record,
                          std::string_view key) const;
  void add_print_button(RecordDetail& detail);
  Status print(const Deed& deed);
  bool ask_which_paper(const Deed& deed, std::string_view title_key);
  struct PaperName {
    std::string subject;  // for the access log
    std::string title;
  };
  Result<PaperName> paper_name(const Deed& deed);
  Status copy(const Deed& deed);
  Result<Table> marked_list();
  Result<Table> list_table(std::span<const Listed> listed);
  Result<Table> needs_table(std::span<const Listed> listed);
  Result<Printed> print_file(const Deed& deed);
  Result<std::string> left_off_the_board(const Deed& deed, std::uint64_t printed);
  Result<Path> paper_folder();
  std::optional<Result<Table>> shown_table(std::string_view what);
  Result<std::vector<Table>> tables_for(const Deed& deed);
  Result<std::vector<Table>> report_tables(const std::string& name, const ReportAsked& asked);
  Result<std::vector<Table>> rosters(ReportAsked asked);
  Result<Table> shown_list();
  std::vector<std::string> shown_notes(const std::string& search, std::size_t rows) const;

  // presenter_sheets.cpp
  Result<Sheet> lost_member_sheet(const std::string& member);
  Result<Sheet> handover_sheet(const Deed& deed);
  Result<Sheet> invite_sheet();
  Sheet steps_sheet(std::string_view title, std::initializer_list<std::string_view> lines) const;
  std::optional<Result<Sheet>> sheet_for(const Deed& deed);

  // presenter_picker.cpp
  struct PickerEntry {
    std::string folded;
    DirEntry entry;
  };
  bool run_picker(const Command& command);  // true when it was one of the picker's
  void open_picker(const OpenPicker& command);
  void close_picker();
  std::vector<PickerPlace> places_to_pick();
  bool notice_sticks_to_pick();
  void show_first_readable();
  void show_folder(const Path& folder);
  void fill_picker();
  void remember_folder(const PickerView& view, const std::string& chosen);

  // presenter_import.cpp
  std::optional<Status> run_import(const Command& command);  // empty: it is of another screen
  void open_import(const std::string& kind);
  void add_import_button(KindId kind, RecordsView& view) const;
  Result<ImportReport> read_spreadsheet(bool dry_run);
  ImportResult import_result(const ImportReport& report) const;
  void preview_import(const PreviewImport& command);
  void apply_import();
  Status take_back_import();

  // presenter_members.cpp
  std::optional<Status> run_members(const Command& command);  // empty: it is of another screen
  void fill_members();
  void fill_masked();
  std::string masked_words(const MaskedEntry& entry);
  Status choose_role(const ChooseRole& command);
  Status remove_member(const RemoveMember& command);
  Status revoke_invite(const RevokeInvite& command);
  Status use_sheet(const UseSheet& command);
  Status decide_masked(const DecideMasked& command);
  void say_done(std::string words);

  // presenter_exchange.cpp
  void fill_places();
  bool notice_places();
  bool is_stick(const std::string& path) const;
  void share_with_profiles();
  std::set<MemberId> members_now();
  void tell_joined(const std::set<MemberId>& before, ExchangeReceipt& receipt);
  std::string paper_place() const;
  bool notice_invitations();
  Status run_exchange(const Command& command);
  void exchange_with(const std::string& folder);
  ExchangeReceipt receipt_of(const ExchangeReport& report);
  void tell_deleted(const ManyDeleted& many, ExchangeReceipt& receipt) const;
  void fill_decide();
  std::string giver_of(const Row& offer);
  Status resolve(const Resolve& command);
  Status resolve_with(const ResolveWith& command);
  Result<Conflict> conflict_of(const std::string& record, const std::string& field);
  Status settle(const Conflict& conflict, const Value& value);
  std::string value_words(const Conflict& conflict, const Value& value);

  // presenter_nearby.cpp
  bool meet_neighbors();
  void take_meetings();
  void end_look();
  void open_neighbors();  // unless somebody does not want it
  Status choose_nearby(bool on);
  // What is past, in this profile's own store: the latest fifty.
  void note_exchange(const std::string& place, const ExchangeReport& report);
  void fill_history_of_exchanges();
  Status look_for_neighbors();
  Status meet_address(const MeetAddress& command);

  // presenter_recap.cpp
  struct RecapPicture;
  Result<const RecapPicture*> recap_picture();
  std::optional<Status> run_recap(const Command& command);  // empty: it is of another screen
  RecapLineView recap_line(const RecapPicture& picture, RecapBy by, const RecapLine& line) const;
  void add_recap_state(const RecapPicture& picture, std::size_t source, bool has_needs,
                       RecapLineView& out) const;
  void fill_recap_lines(const RecapPicture& picture, RecapBy by);
  void fill_recap_reporting(const RecapPicture& picture);
  Status fill_recap_behind(const RecapPicture& picture, RecapBy by);
  void fill_recap_fits(const RecapPicture& picture);
  RecapChangeView recap_change(const ListChange& change) const;
  Status fill_recap_changes(const RecapPicture& picture);
  void fill_recap();
  Status export_recap(const ExportRecap& wanted);

  // Shared reading.
  const Value& field_of(const Row& row, FieldId field) const;
  std::string text_of_field(const Row& row, FieldId field) const;
  std::int64_t number_of(const Row& row, FieldId field, std::int64_t otherwise = 0) const;
  std::optional<RecordId> link_of(const Row& row, FieldId field) const;
  std::string title_of_record(const RecordId& id);
  std::string for_whom(const Row& row, bool with_address);
  Result<Row> row_of(const RecordId& id);
  Result<const AidBalances*> aid_balances();  // null: nothing was promised or given yet
  Result<const Derived*> aid();
  Query query_of(KindId kind) const;

  PresenterSetup setup_;
  EngineContext context_;
  std::optional<Engine> engine_;
  Nearby nearby_;  // refers to the engine
  std::optional<SpaceInfo> space_;
  Views now_;
  std::shared_ptr<const Views> published_;
  std::function<void()> changed_;
  std::atomic<bool> stop_work_{false};

  std::shared_ptr<const RecapPicture> recap_;  // likewise fresh
  std::string recap_opened_;                   // the line, by its key
  std::optional<Derived> aid_;  // of what is taken up; fresh until something is written or received
  // What was written or received since these were last worked out; each costs more than a letter
  // typed may.
  bool attention_stale_ = true;
  bool status_stale_ = true;
  bool home_stale_ = true;
  bool detail_stale_ = true;
  std::optional<std::vector<ListedNeed>> all_needs_;  // likewise
  std::optional<Derived> derived_;                    // likewise, of the kind that is listed
  KindId derived_kind_ = 0;
  ListIndex needs_{.kind = fields::need::kKind};
  ListIndex records_;  // of the tab that is shown
  std::uint64_t list_number_ = 0;
  SearchNeeds need_search_;
  std::string open_need_;
  std::string records_search_;
  std::string records_tab_;
  std::string open_record_;  // beside its list
  KindId listed_kind_ = 0;
  bool charts_ = false;  // stand in the list's place
  std::map<KindId, Arrangement> arrangements_;
  std::unordered_set<RecordId, IdHash> marks_;  // rows of the list that is shown
  std::vector<TxnHash> steps_;                  // of what was changed last, when it was many
  std::uint64_t steps_of_ = 0;                  // UndoView::number
  std::optional<OpenForm> form_;
  std::map<std::string, std::string> form_texts_;
  std::uint64_t form_number_ = 0;
  std::optional<RecordId> made_;             // by the last action
  std::vector<PickerEntry> picker_listing_;  // of the folder that is shown
  std::string picker_typed_;
  std::vector<std::string> picker_recent_;  // folders, the latest first
  std::uint64_t picker_number_ = 0;
  std::string import_id_;  // of the one that may be taken back
  int week_ = 0;
  std::optional<PlanRoster> roster_;  // the generator is open, with these wishes
  std::uint64_t roster_number_ = 0;
  std::uint64_t done_number_ = 0;
  std::int64_t next_share_ms_ = 0;
  std::int64_t next_lan_ms_ = 0;   // after a failure
  std::int64_t next_tell_ms_ = 0;  // of a meeting's progress
  bool several_profiles_ = false;
  bool entered_ = false;  // a screen, and what it shows is not yet on record
  // Locked, but the engine is kept: the PIN reopens it. Never on the disk.
  bool away_ = false;
  Secret pin_;
  int pin_errors_ = 0;
};

}  // namespace rukun::ui
