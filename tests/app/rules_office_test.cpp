// Programs and stock, double aid across neighborhoods, drives, the market, notices, report marks:
// what may be entered, what follows, and what needs whom.
#include <algorithm>

#include "app/domain/rules/attention.h"
#include "app/domain/rules/derived_office.h"
#include "app/domain/rules/double_aid.h"
#include "app/domain/rules/receipt.h"
#include "app/domain/rules/receivers.h"
#include "app/domain/schema.h"
#include "tests/app/village.h"

namespace rukun::test {
namespace {

constexpr std::int64_t kDay = 24LL * 60 * 60 * 1000;

// A village where aid arrives and drives are held.
struct Office : Village {
  RecordId family(const std::string& name) {
    return add("Pak Budi", k::household::kKind,
               {{k::household::kName, text(name)},
                {k::household::kRt, num(3)},
                {k::household::kRw, num(7)}});
  }
  RecordId program(const std::string& title) {
    return add("Pak Lurah", k::program::kKind,
               {{k::program::kTitle, text(title)},
                {k::program::kSource, num(k::program::kSourceVillageFund)},
                {k::program::kTarget, num(k::program::kTargetHousehold)}});
  }
  RecordId stock(const RecordId& program, std::int64_t kilos) {
    return add("Pak Lurah", k::stock::kKind,
               {{k::stock::kProgram, program},
                {k::stock::kItem, text("rice")},
                {k::stock::kQuantity, qty(kilos)},
                {k::stock::kUnit, text("kg")}});
  }
  RecordId entitle(const RecordId& program, const RecordId& family, std::int64_t kilos,
                   std::vector<Given> more = {}) {
    std::vector<Given> given{{k::entitlement::kProgram, program},
                             {k::entitlement::kHousehold, family},
                             {k::entitlement::kItem, text("rice")},
                             {k::entitlement::kQuantity, qty(kilos)},
                             {k::entitlement::kUnit, text("kg")}};
    given.insert(given.end(), more.begin(), more.end());
    return add("Pak Lurah", k::entitlement::kKind, given);
  }
  RecordId hand_over(const RecordId& entitlement, std::int64_t kilos) {
    return add("Bu Sari", k::handover::kKind,
               {{k::handover::kEntitlement, entitlement},
                {k::handover::kQuantity, qty(kilos)},
                {k::handover::kReceivedBy, text("Ani")}});
  }
  RecordId drive(std::int64_t goal, std::vector<Given> more = {}) {
    std::vector<Given> given{{k::drive::kTitle, text("Jimpitan")},
                             {k::drive::kGoalType, num(goal)}};
    given.insert(given.end(), more.begin(), more.end());
    return add("Pak Budi", k::drive::kKind, given);
  }
  RecordId gift(const RecordId& drive, std::int64_t direction, std::int64_t whole,
                std::vector<Given> more = {}) {
    std::vector<Given> given{{k::contribution::kDrive, drive},
                             {k::contribution::kDirection, num(direction)},
                             {k::contribution::kAmount, qty(whole)}};
    given.insert(given.end(), more.begin(), more.end());
    return add("Bu Sari", k::contribution::kKind, given);
  }
  std::int64_t date(int days) const { return local_date({now.ms + days * kDay}, kWibOffset_min); }

  std::string shown(const RecordId& id) {
    const auto record = row(id);
    const auto derived = Derived::load(records(), {}, record.kind, {.now = now});
    REQUIRE(derived);
    std::string out;
    for (const auto& one : derived->values_for(record))
      out += (out.empty() ? "" : " ") + std::string(one.field->name) + "=" +
             machine_value(*one.field, one.value);
    return out;
  }
  AttentionContext context() { return {records(), {}, now, kWibOffset_min, &items()}; }
  std::vector<AttentionItem> attention() {
    const auto found = rukun::attention(context());
    REQUIRE(found);
    return *found;
  }
  // The command of the only duty with this code.
  std::string duty(const std::string& code) {
    std::string out;
    for (const auto& one : attention())
      if (one.code == code) out += (out.empty() ? "" : " AND ") + one.command;
    return out;
  }
  bool warned(const std::string& part) const {
    return std::any_of(warnings.begin(), warnings.end(),
                       [&](const std::string& one) { return one.find(part) != one.npos; });
  }
};

TEST_CASE("a program shows what arrived, what was handed out, and who has been served",
          "[office]") {
  Office office;
  const auto program = office.program("Sembako");
  CHECK(office.shown(program) == "entitled=0 served=0 unconfirmed=0");
  const auto stock = office.stock(program, 100);
  const auto ani = office.entitle(program, office.family("Bu Ani"), 10);
  office.entitle(program, office.family("Pak Joko"), 10);
  const auto handover = office.hand_over(ani, 4);
  office.hand_over(ani, 6);
  CHECK(office.shown(program) ==
        "entitled=2 served=1 unconfirmed=2 stock_in=100 handed_out=10 balance=90 unit=kg");
  CHECK(office.shown(stock) == "balance=90");
  office.remove("Bu Sari", handover);
  CHECK(office.shown(stock) == "balance=94");
  office.add("Pak Lurah", k::stock::kKind,
             {{k::stock::kProgram, program},
              {k::stock::kItem, text("eggs")},
              {k::stock::kQuantity, qty(30)},
              {k::stock::kUnit, text("piece")}});
  CHECK(office.shown(program) == "entitled=2 served=1 unconfirmed=1");  // of two goods no sum
}

TEST_CASE("a second confirmation counts only from another member", "[office]") {
  Office office;
  const auto program = office.program("Sembako");
  const auto ani = office.entitle(program, office.family("Bu Ani"), 10);
  const auto handover = office.hand_over(ani, 4);
  const auto code = "receipt_code=" + receipt_code(handover);
  CHECK(office.shown(handover) == code + " confirmation=open");
  CHECK_FALSE(office.try_set("Bu Sari", handover, {{k::handover::kConfirmed, num(1)}}));
  // Another program may write it all the same; it does not count.
  const auto forced = office.force("Bu Sari", k::handover::kKind,
                                   {{k::handover::kEntitlement, ani},
                                    {k::handover::kQuantity, qty(1)},
                                    {k::handover::kReceivedBy, text("Ani")},
                                    {k::handover::kConfirmed, num(1)}});
  CHECK(office.shown(forced).ends_with("confirmation=own_word"));
  CHECK(office.shown(program).find("unconfirmed=2") != std::string::npos);
  office.set("Pak Budi", handover, {{k::handover::kConfirmed, num(1)}});
  CHECK(office.shown(handover).ends_with("confirmation=confirmed"));
  // From another laptop of the same member it is still the same member's word.
  const auto one = confirmation_of(office.records(), office.space(), handover,
                                   [](LogIndex, LogIndex) { return true; });
  CHECK(one == Confirmation::own_word);
}

TEST_CASE("who is to confirm is a second member, and told so once a program", "[office]") {
  Office office;
  const auto program = office.program("Sembako");
  const auto ani = office.entitle(program, office.family("Bu Ani"), 10);
  const auto first = office.hand_over(ani, 4), second = office.hand_over(ani, 6);
  const auto either = office.duty("unconfirmed");
  CHECK((either == "confirm " + first.hex() || either == "confirm " + second.hex()));
  auto context = office.context();
  context.is_mine = [](LogIndex) { return true; };
  const auto mine = rukun::attention(context);
  REQUIRE(mine);
  CHECK(mine->empty());
  context.is_mine = {};
  context.role = [](std::uint32_t) { return std::optional(Role::reader); };
  CHECK(rukun::attention(context)->empty());
  office.set("Pak Budi", first, {{k::handover::kConfirmed, num(1)}});
  office.set("Pak Budi", second, {{k::handover::kConfirmed, num(1)}});
  CHECK(office.attention().empty());
}

TEST_CASE("a hand-over of a need asks a second member, until one has confirmed it", "[office]") {
  Office office;
  const auto need = office.add("Bu Sari", k::need::kKind,
                               {{k::need::kTitle, text("Beras")},
                                {k::need::kCategory, num(1)},
                                {k::need::kQuantity, qty(5)},
                                {k::need::kUnit, text("kg")}});
  const auto hand_over = [&](std::int64_t much) {
    return office.add("Bu Sari", k::handover::kKind,
                      {{k::handover::kNeed, need},
                       {k::handover::kQuantity, qty(much)},
                       {k::handover::kReceivedBy, text("Ani")}});
  };
  const auto first = hand_over(2);
  CHECK(office.duty("unconfirmed") == "confirm " + first.hex());
  const auto second = hand_over(3);
  REQUIRE(office.attention().size() == 1);
  CHECK(office.attention()[0].others.size() == 2);
  office.set("Pak Budi", first, {{k::handover::kConfirmed, num(1)}});
  CHECK(office.duty("unconfirmed") == "confirm " + second.hex());
  office.set("Pak Budi", second, {{k::handover::kConfirmed, num(1)}});
  CHECK(office.attention().empty());
}

TEST_CASE("more handed over than entitled, pledged or in stock is said and listed", "[office]") {
  Office office;
  const auto program = office.program("Sembako");
  office.stock(program, 8);
  const auto ani = office.entitle(program, office.family("Bu Ani"), 10);
  office.hand_over(ani, 8);
  CHECK(office.warnings.empty());
  office.hand_over(ani, 3);
  CHECK(office.warned("More than the entitlement"));
  CHECK(office.warned("More than this program has in stock; by the records 0 kg is left"));
  CHECK(office.duty("over_entitlement") == "set " + ani.hex() + " exception_reason=…");
  CHECK(office.duty("stock_negative") ==
        "add stock program=" + program.hex() + " item=rice quantity=3 unit=kg");
  office.set("Pak Lurah", ani, {{k::entitlement::kExceptionReason, text("bayi kembar")}});
  office.stock(program, 3);
  CHECK(office.duty("over_entitlement").empty());
  CHECK(office.duty("stock_negative").empty());
  office.add("Pak Lurah", k::stock::kKind,
             {{k::stock::kProgram, program},
              {k::stock::kItem, text("rice")},
              {k::stock::kQuantity, qty(-1)},
              {k::stock::kUnit, text("kg")}});
  CHECK(office.warned("More than this program has in stock"));

  const auto need = office.add("Bu Sari", k::need::kKind,
                               {{k::need::kCategory, num(1)},
                                {k::need::kItem, text("rice")},
                                {k::need::kQuantity, qty(20)},
                                {k::need::kUnit, text("kg")}});
  const auto pledge = office.add("Bu Sari", k::pledge::kKind,
                                 {{k::pledge::kNeed, need}, {k::pledge::kQuantity, qty(5)}});
  const auto bring = [&](std::int64_t kilos) {
    office.add("Bu Sari", k::handover::kKind,
               {{k::handover::kPledge, pledge},
                {k::handover::kQuantity, qty(kilos)},
                {k::handover::kReceivedBy, text("Ani")}});
  };
  bring(5);
  CHECK(office.warnings.empty());
  bring(1);
  CHECK(office.warned("More than was pledged: 5 pledged, 6 handed over"));
}

TEST_CASE(
    "one family card in two neighborhoods is one receiver, and a program of one title one "
    "program",
    "[office]") {
  Office office;
  // Two records with one number, as the office sees them from two neighborhoods.
  const auto ani = office.family("Bu Ani"),
             ani_too = office.force("Pak Budi", k::household::kKind,
                                    {{k::household::kName, text("Ani W.")},
                                     {k::household::kRt, num(4)},
                                     {k::household::kRw, num(7)}});
  for (const auto& home : {ani, ani_too})
    office.set("Pak Budi", home, {{k::household::kKkNumber, text("3404010101010001")}});
  const auto first = office.program("Sembako"), second = office.program("sembako ");
  office.entitle(first, ani, 10);
  office.entitle(second, ani_too, 10);
  CHECK(office.warned("Double aid"));
  const auto found = find_double_aid(office.records(), {});
  REQUIRE(found);
  CHECK(found->size() == 1);
  const auto receivers = Receivers::load(office.records(), {});
  REQUIRE(receivers);
  CHECK(receivers->of(ani, {}) == receivers->of(ani_too, {}));
  CHECK(receivers->program(first) == receivers->program(second));
  office.set("Pak Lurah", second, {{k::program::kStarts, num(20270101)}});
  CHECK(find_double_aid(office.records(), {})->empty());  // another year's
}

TEST_CASE("a drive counts in, out and what it lacks; closing and spending are seen to",
          "[office]") {
  Office office;
  const auto drive =
      office.drive(k::drive::kGoalTypeMoney,
                   {{k::drive::kTarget, qty(500'000)}, {k::drive::kEnds, num(office.date(1))}});
  office.gift(drive, k::contribution::kDirectionIn, 200'000);  // nobody is named
  office.gift(drive, k::contribution::kDirectionIn, 50'000,
              {{k::contribution::kContributor, text("Bu Ani")}});
  CHECK(office.warnings.empty());
  office.gift(drive, k::contribution::kDirectionOut, 100'000,
              {{k::contribution::kEvidenceNote, text("nota semen")}});
  CHECK(office.warnings.empty());
  CHECK(office.shown(drive) == "collected=250000 spent=100000 balance=150000 remaining=250000");
  CHECK(office.attention().empty());
  const auto silent = office.gift(drive, k::contribution::kDirectionOut, 200'000);
  CHECK(office.warned("What for?"));
  CHECK(office.warned("More than this drive's balance: 150,000"));
  CHECK(office.duty("drive_unexplained") == "set " + silent.hex() + " evidence_note=…");
  CHECK(office.duty("drive_overspent") ==
        "add contribution drive=" + drive.hex() + " direction=in amount=50000");
  CHECK(office.duty("drive_ended").empty());
  office.now.ms += 3 * kDay;
  CHECK(office.duty("drive_ended").starts_with("set " + drive.hex() + " closed=20"));
  office.set("Pak Budi", drive, {{k::drive::kClosed, num(office.date(0))}});
  CHECK(office.duty("drive_ended").empty());
  office.gift(drive, k::contribution::kDirectionIn, 1'000);
  CHECK(office.warned("This drive has been closed"));
}

struct Wrong {
  KindId kind;
  std::vector<Given> given;
  std::string says;  // in the message or hint
};

std::vector<Wrong> wrong_drives(const RecordId& money) {
  const auto drive = [](std::int64_t goal, std::vector<Given> more) {
    more.push_back({k::drive::kTitle, text("X")});
    more.push_back({k::drive::kGoalType, num(goal)});
    return more;
  };
  const auto paid = [&](Value amount) {
    return std::vector<Given>{{k::contribution::kDrive, money},
                              {k::contribution::kDirection, num(1)},
                              {k::contribution::kAmount, std::move(amount)}};
  };
  return {
      {k::drive::kKind, drive(2, {{k::drive::kTarget, qty(-5)}}), "Target (target): -5"},
      {k::drive::kKind, drive(2, {{k::drive::kTarget, qty(0)}}), "expected: more than 0"},
      {k::drive::kKind, drive(2, {{k::drive::kTarget, num(1500)}}), "must be whole rupiah"},
      {k::drive::kKind, drive(2, {{k::drive::kUnit, text("kg")}}), "for money counts rupiah"},
      {k::drive::kKind, drive(3, {{k::drive::kUnit, text("kg")}}), "for hours counts hours"},
      {k::drive::kKind,
       drive(1, {{k::drive::kStarts, num(20261120)}, {k::drive::kEnds, num(20261119)}}),
       "Ends (ends) must be after Starts"},
      {k::drive::kKind,
       drive(1, {{k::drive::kStarts, num(20261120)}, {k::drive::kClosed, num(20261119)}}),
       "expected: not before it starts"},
      {k::contribution::kKind, paid(qty(0)), "Amount (amount)"},
      {k::contribution::kKind, paid(qty(-1)), "Amount (amount)"},
      {k::contribution::kKind, paid(num(500)), "must be whole rupiah"},
      {k::contribution::kKind, paid(num(2'000'000'000'000'000)), "is too large"},
  };
}

std::vector<Given> cash(Value amount) {
  return {{k::stock::kItem, text("~uang")},
          {k::stock::kQuantity, std::move(amount)},
          {k::stock::kUnit, text("rupiah")}};
}
std::vector<Given> mark(std::int64_t period) {
  return {{k::report_mark::kRt, num(3)},
          {k::report_mark::kRw, num(7)},
          {k::report_mark::kPeriod, num(period)},
          {k::report_mark::kState, num(1)}};
}
std::vector<Given> gift_to(const RecordId& drive) {
  return {{k::contribution::kDrive, drive},
          {k::contribution::kDirection, num(1)},
          {k::contribution::kAmount, qty(1)}};
}

TEST_CASE("wrong numbers, dates and references name the field, the value and what was expected",
          "[office]") {
  Office office;
  RecordId nowhere;
  nowhere.bytes[0] = 0xab;
  const auto gone = office.drive(k::drive::kGoalTypeMoney);
  office.remove("Pak Budi", gone);
  auto table = wrong_drives(office.drive(k::drive::kGoalTypeMoney));
  const std::vector<Wrong> more{
      {k::stock::kKind, cash(qty(0)), "may not be 0"},
      {k::stock::kKind, cash(num(500)), "expected: whole rupiah"},
      {k::report_mark::kKind, mark(office.date(1)), "expected: today or earlier"},
      {k::report_mark::kKind, mark(20260000), "expected: a whole date"},
      {k::contribution::kKind, gift_to(nowhere),
       "points at a record that is not here, or not yet: ab000000"},
      {k::contribution::kKind, gift_to(nowhere), "expected: Drive; see rukunctl list drive"},
      {k::contribution::kKind, gift_to(gone), "points at a record that was deleted"},
      {k::contribution::kKind, gift_to(office.program("P")),
       "must point at Drive, not Aid program"},
  };
  table.insert(table.end(), more.begin(), more.end());
  for (const auto& line : table) {
    CAPTURE(line.says);
    const auto refused = office.try_add("Pak Budi", line.kind, line.given);
    REQUIRE_FALSE(refused);
    const auto said = refused.error().message + " | " + refused.error().hint;
    CAPTURE(said);
    CHECK(said.find(line.says) != std::string::npos);
  }
  CHECK(office.try_add("Pak Budi", k::report_mark::kKind, mark(office.date(0))));
  CHECK(office.try_add("Pak Budi", k::stock::kKind, cash(qty(-5))));
}

TEST_CASE("a drive that is repeated says how often in words that are understood", "[office]") {
  Village village;
  const auto jimpitan = [&](const char* often) {
    using namespace k::drive;
    return village.try_add(
        "Bu Sari", kKind,
        {{kTitle, text("Jimpitan")}, {kGoalType, num(kGoalTypeMoney)}, {kRecurrence, text(often)}});
  };
  CHECK(jimpitan("setiap malam"));
  const auto unclear = jimpitan("kadang-kadang");
  REQUIRE_FALSE(unclear);
  CHECK(unclear.error().message.starts_with("Recurrence (recurrence): "));
}

TEST_CASE("a listing counts its orders and what its offers have left", "[office]") {
  Office office;
  const auto listing = office.add("Bu Ani", k::listing::kKind,
                                  {{k::listing::kBusiness, text("Dapur Bu Ani")},
                                   {k::listing::kProduct, text("Kue lapis")},
                                   {k::listing::kPrice, num(15'000)},
                                   {k::listing::kUnit, text("pack")},
                                   {k::listing::kPreorderUntil, num(office.date(2))}});
  CHECK(office.shown(listing) == "ordered=0 sold=0 takes_orders=true");
  const auto order = [&](std::int64_t packs) {
    return office.add("Bu Ani", k::order::kKind,
                      {{k::order::kListing, listing}, {k::order::kQuantity, qty(packs)}});
  };
  const auto first = order(2), second = order(3), third = order(4);
  CHECK(office.shown(first) == "total=30000");
  office.set("Bu Ani", second, {{k::order::kState, num(k::order::kStateDone)}});
  office.set("Bu Ani", third, {{k::order::kState, num(k::order::kStateCancelled)}});
  office.add("Bu Sari", k::offer::kKind,
             {{k::offer::kCategory, num(1)},
              {k::offer::kItem, text("~kue")},
              {k::offer::kQuantity, qty(6)},
              {k::offer::kUnit, text("pack")},
              {k::offer::kListing, listing}});
  CHECK(office.shown(listing) == "ordered=2 sold=3 left=6 takes_orders=true");
  CHECK(office.duty("orders_due").empty());
  office.now.ms += 4 * kDay;
  CHECK(office.shown(listing).ends_with("takes_orders=false"));
  CHECK(office.duty("orders_due") == "set " + first.hex() + " state=ready");
  order(1);
  CHECK(office.warned("Orders closed on"));
  office.set("Bu Ani", listing, {{k::listing::kPaused, num(1)}});
  order(1);
  CHECK(office.warned("paused"));
}

TEST_CASE("notices and deadlines are valid until their day is over; urgent ones come first",
          "[office]") {
  Office office;
  const auto notice = [&](std::int64_t urgency, std::int64_t until) {
    return office.add("Pak Budi", k::notice::kKind,
                      {{k::notice::kTitle, text("Air mati")},
                       {k::notice::kUrgency, num(urgency)},
                       {k::notice::kValidUntil, num(until)}});
  };
  const auto today = notice(k::notice::kUrgencyEmergency, office.date(0));
  notice(k::notice::kUrgencyInfo, office.date(5));
  const auto old = notice(k::notice::kUrgencyEmergency, office.date(-1));
  CHECK(office.warned("is past"));
  CHECK(office.shown(today) == "valid=true");
  CHECK(office.shown(old) == "valid=false");
  CHECK(office.duty("notice") == "show " + today.hex());
  CHECK(office.attention().front().code == "notice");
  const auto resource = office.add("Pak Budi", k::resource::kKind,
                                   {{k::resource::kTitle, text("Beasiswa")},
                                    {k::resource::kTopic, num(1)},
                                    {k::resource::kDeadline, num(office.date(8))}});
  CHECK(office.duty("resource_deadline").empty());
  office.now.ms += kDay;
  CHECK(office.duty("resource_deadline") == "show " + resource.hex());
  CHECK(office.duty("notice").empty());
  office.now.ms += 20 * kDay;
  CHECK(office.shown(resource) == "valid=false");
  CHECK(office.duty("resource_deadline").empty());
}

TEST_CASE("a training shows when its shift is and who comes", "[office]") {
  Office office;
  const auto activity = office.add("Pak Budi", k::activity::kKind,
                                   {{k::activity::kName, text("Pelatihan")},
                                    {k::activity::kType, num(k::activity::kTypeTraining)},
                                    {k::activity::kDefaultSlots, num(1)}});
  const auto shift = office.add("Pak Budi", k::shift::kKind,
                                {{k::shift::kActivity, activity},
                                 {k::shift::kStarts, num(1'795'400'000'000)},
                                 {k::shift::kEnds, num(1'795'410'000'000)}});
  const auto training = office.add("Pak Lurah", k::training::kKind,
                                   {{k::training::kTitle, text("Jualan daring")},
                                    {k::training::kTopic, num(1)},
                                    {k::training::kShift, shift}});
  for (const auto* name : {"Ani", "Joko"})
    office.add("Bu Sari", k::signup::kKind,
               {{k::signup::kShift, shift}, {k::signup::kHousehold, office.family(name)}});
  CHECK(office.shown(training) ==
        "starts=" + rfc3339_utc({1'795'400'000'000}) + " joined=1 waiting=1");
}

TEST_CASE("an RT that has reported is asked again after a week, its head alone", "[office]") {
  Office office;
  CHECK(office.attention().empty());  // who never reported is not nagged
  office.add("Pak Budi", k::report_mark::kKind,
             {{k::report_mark::kRt, num(3)},
              {k::report_mark::kRw, num(7)},
              {k::report_mark::kPeriod, num(office.date(0))},
              {k::report_mark::kState, num(1)}});
  office.now.ms += 7 * kDay;
  CHECK(office.duty("report_due").empty());
  office.now.ms += kDay;
  CHECK(office.duty("report_due").starts_with("add report_mark rt=3 rw=7 period=20"));
  auto context = office.context();
  context.role = [](std::uint32_t) { return std::optional(Role::volunteer); };
  CHECK(rukun::attention(context)->empty());
}

}  // namespace
}  // namespace rukun::test
