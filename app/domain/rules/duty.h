#pragma once
// Rules about people on duty: who would be in two places, what a task asks of people, who has moved
// up from a waiting list, which shifts were made twice. Pure functions over plain facts, whatever a
// broken or hostile writer put there; the same facts in any order give the same answers. Moments
// are milliseconds since 1970. Any thread.

#include <span>
#include <string>
#include <vector>

#include "app/domain/rules/balances.h"

namespace rukun {

struct Hours {
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;
};

// hard: they share a moment. soft: less than an hour lies between them. Two that only touch are
// soft.
enum class Clash : std::uint8_t { none, soft, hard };
Clash clash_of(const Hours& a, const Hours& b);

// What a volunteer with the skills `has` lacks, as it was asked for; spelling is compared as
// fold.h does.
std::vector<std::string> missing_skills(std::span<const std::string> wanted,
                                        std::span<const std::string> has);

// Sign-ups that hold a slot which they would have waited for if nobody had withdrawn, by id.
// Whoever stands in for somebody has not moved up.
std::vector<RecordId> moved_up(const DutyFacts& facts);

// One volunteer, held by two shifts that share a moment.
struct DutyTime {
  RecordId shift;
  RecordId activity;
  Hours hours;
  std::string place;
  std::optional<RecordId> listing = {};  // the business that is mentored
};
struct DoubleBooking {
  RecordId volunteer;
  RecordId first, second;  // sign-ups; the first one's shift begins first
};
// Among sign-ups that hold a slot of a shift that is not cancelled and of which no attendance is
// recorded; by volunteer, then by time.
std::vector<DoubleBooking> double_bookings(const DutyFacts& facts, std::span<const DutyTime> times);

// Shifts of one activity with equal hours, place and business, as two laptops make that publish one
// roster:
// all but the one with the least id, each with that one.
struct TwinShift {
  RecordId shift, of;
};
std::vector<TwinShift> twin_shifts(const DutyFacts& facts, std::span<const DutyTime> times);

}  // namespace rukun
