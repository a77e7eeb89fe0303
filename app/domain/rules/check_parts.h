#pragma once
// Between the parts of check.h: a record as it would be after the action, and the questions that
// its rules ask. A Proposal holds every change, so that records made in one action can refer to
// each other. Errors as in check.h. One thread.

#include <map>
#include <string>
#include <vector>

#include "app/domain/kinds.h"
#include "app/domain/rules/check.h"

namespace rukun {

// What a change would leave behind.
struct Sketch {
  std::size_t change = 0;  // in the action
  const KindSpec* kind = nullptr;
  bool adds = false;
  RecordId record;                 // zero for a new one
  std::map<FieldId, Value> after;  // registers that are set; references may be LocalRef
  std::map<FieldId, Value> before;
  std::vector<FieldId> touched;                  // registers written by this change
  std::vector<std::pair<FieldId, Value>> added;  // to sets

  const Value& value(FieldId field) const;
  bool has(FieldId field) const { return after.contains(field); }
  bool touches(FieldId field) const;
  std::int64_t number(FieldId field) const;  // 0 when not set
  std::string text(FieldId field) const;
};

struct Proposal {
  const CheckContext& context;
  std::vector<Sketch> drafts;
  std::vector<std::string> warnings = {};
  std::vector<RecordId> alike = {};

  std::string say(std::string_view id, std::string_view en) const {
    return std::string(pick(context.language, id, en));
  }
  void warn(std::string_view id, std::string_view en) { warnings.push_back(say(id, en)); }
  FormatContext format() const;

  // A field of what a reference leads to, be it here already or made in this action; none when it
  // is not there.
  Result<Value> through(const Value& reference, FieldId field) const;
  // The record that a draft's field refers to, when it is here already.
  static const RecordId* here(const Sketch& draft, FieldId field);
};

// "Jumlah (quantity)", for messages.
std::string called(const FieldSpec& field, Language language);

// check_values.cpp: one value on its own; and what a reference leads to.
Status check_value(const FieldSpec& field, const Value& value, const CheckContext& context);
Status check_references(const Proposal& proposal, const Sketch& draft);

// check_rules.cpp: rules between fields and records.
Status check_rules(const Proposal& proposal, const Sketch& draft);

// check_warnings.cpp: what is unusual.
Status add_warnings(Proposal& proposal, const Sketch& draft);

// check_giving.cpp: both, for programs, drives, the market, notices and report marks.
Status check_giving(const Proposal& proposal, const Sketch& draft);
Status add_giving_warnings(Proposal& proposal, const Sketch& draft);

}  // namespace rukun
