#pragma once
// What a person can ask for, as data: the same commands come from forms, the command line and
// imports. One Action is one transaction: all of its changes or none. Checking and turning into
// operations: rules in decide.h. Values only.

#include <string>
#include <variant>
#include <vector>

#include "sync/txn.h"
#include "sync/value.h"

namespace rukun {

struct FieldChange {
  FieldId field = 0;
  OpType type = OpType::put;  // put: a register, none clears; add, remove: one element of a set
  Value value;                // LocalRef{n}: the record made by change n of the same action
};

// A new record; the id comes with the outcome. With a natural key it may turn out to be one that is
// already here.
struct AddRecord {
  KindId kind = 0;
  std::vector<FieldChange> fields;
};
struct SetFields {
  RecordId record;
  std::vector<FieldChange> fields;
};
struct DeleteRecord {
  RecordId record;
};
struct RestoreRecord {  // takes a deletion back, or settles a disputed one in favour of keeping
  RecordId record;
};
// Replaces every value that a field has now, so that a conflict ends.
struct ResolveField {
  RecordId record;
  FieldId field = 0;
  Value value;
};

using Change = std::variant<AddRecord, SetFields, DeleteRecord, RestoreRecord, ResolveField>;

struct Action {
  std::vector<Change> changes;
};

struct Outcome {
  TxnHash txn;
  std::vector<RecordId> records;      // by change
  std::vector<std::string> warnings;  // sentences for people: likely duplicates, double aid …
  std::vector<RecordId> alike;        // already here, and maybe who was just entered
};

}  // namespace rukun
