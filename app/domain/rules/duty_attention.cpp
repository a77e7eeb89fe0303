#include "app/domain/rules/duty_attention.h"

#include <map>
#include <set>

#include "app/domain/fields.h"
#include "app/domain/rules/derived.h"
#include "app/domain/rules/duty.h"
#include "app/domain/rules/facts.h"
#include "app/domain/rules/titles.h"
#include "app/domain/schema.h"

namespace rukun {
namespace {

namespace k = fields;

class DutyGatherer {
 public:
  explicit DutyGatherer(const AttentionContext& context) : context_(context) {}

  Result<std::vector<AttentionItem>> run(const std::vector<std::uint32_t>& spaces) {
    TRY(const auto all, load_duty(context_.records, spaces));
    for (const auto& one : all) {
      TRY(const auto times, load_times(one.space));
      TRY_VOID(moved(one));
      TRY_VOID(booked_twice(one, times));
      TRY_VOID(twins(one, times));
    }
    TRY_VOID(next_steps(spaces));
    return std::move(out_);
  }

 private:
  using Times = std::vector<DutyTime>;

  // Of shifts that have not ended; what is over needs nobody.
  Result<Times> load_times(std::uint32_t space) {
    Times times;
    using namespace k::shift;
    coming_.clear();
    TRY_VOID(each_fact(context_.records, kKind, {kActivity, kStarts, kEnds, kPlace, kListing},
                       {.spaces = {&space, 1}}, [&](const FactRow& row) {
                         if (row.number(2) <= context_.now.ms) return;
                         if (row.number(1) > context_.now.ms) coming_.insert(row.id());
                         times.push_back({row.id(),
                                          row.record(0).value_or(RecordId{}),
                                          {row.number(1), row.number(2)},
                                          row.text(3),
                                          row.record(4)});
                       }));
    return times;
  }

  Result<Phrase> title(std::uint32_t space, const RecordId& id) {
    return record_phrase(context_.records, space, id, context_.items, context_.utc_offset_min);
  }

  void add(std::string code, std::uint32_t space, const RecordId& record, KindId kind, Phrase text,
           std::string command, std::vector<RecordId> others = {}) {
    out_.push_back({std::move(code), space, record, kind, std::move(text), std::move(command),
                    std::move(others)});
  }

  // Until the shift begins: whoever was on the waiting list may not know that they are wanted.
  Status moved(const SpaceDuty& duty) {
    std::map<RecordId, RecordId> shift_of;
    for (const auto& signup : duty.facts.signups) shift_of.emplace(signup.id, signup.shift);
    for (const auto& id : moved_up(duty.facts)) {
      if (!coming_.contains(shift_of[id])) continue;
      TRY(const auto name, title(duty.space, id));
      add("moved_up", duty.space, id, k::signup::kKind,
          {name.id + ": naik dari daftar tunggu, sekarang bertugas; beri tahu orangnya",
           name.en + ": moved up from the waiting list and is on duty now; tell them"},
          "show " + id.hex());
    }
    return {};
  }

  Status booked_twice(const SpaceDuty& duty, const Times& times) {
    for (const auto& one : double_bookings(duty.facts, times)) {
      TRY(const auto first, title(duty.space, one.first));
      TRY(const auto second, title(duty.space, one.second));
      add("overlap", duty.space, one.second, k::signup::kKind,
          {second.id + ": bentrok dengan " + first.id, second.en + ": overlaps with " + first.en},
          "set " + one.second.hex() + " state=withdrawn", {one.first});
    }
    return {};
  }

  Status twins(const SpaceDuty& duty, const Times& times) {
    for (const auto& one : twin_shifts(duty.facts, times)) {
      TRY(const auto name, title(duty.space, one.shift));
      add("twin_shift", duty.space, one.shift, k::shift::kKind,
          {name.id + ": dibuat dua kali, mungkin di dua laptop",
           name.en + ": was made twice, perhaps on two laptops"},
          "set " + one.shift.hex() + " cancelled=…", {one.of});
    }
    return {};
  }

  Status next_steps(const std::vector<std::uint32_t>& spaces) {
    const Query query{.kind = k::shift::kKind,
                      .spaces = spaces,
                      .where = {{k::shift::kStarts, Compare::less, Value{context_.now.ms}},
                                {k::shift::kNextStep, Compare::unequal, {}},
                                {k::shift::kCancelled, Compare::equal, {}}},
                      .sort = k::shift::kStarts};
    return context_.records.each_row(query, [&](Row& row) -> Result<bool> {
      const auto* listing = std::get_if<RecordId>(&value_in(row, k::shift::kListing));
      if (listing == nullptr) return true;
      TRY(const auto name, title(row.space, *listing));
      const auto step = text_in(row, k::shift::kNextStep);
      add("next_step", row.space, row.id, row.kind,
          {name.id + ": langkah berikut: " + step, name.en + ": next step: " + step},
          "set " + row.id.hex() + " next_step=", {*listing});
      return true;
    });
  }

  const AttentionContext& context_;
  std::set<RecordId> coming_;  // have not begun
  std::vector<AttentionItem> out_;
};

}  // namespace

Result<std::vector<AttentionItem>> duty_attention(const AttentionContext& context,
                                                  const std::vector<std::uint32_t>& spaces) {
  return DutyGatherer(context).run(spaces);
}

}  // namespace rukun
