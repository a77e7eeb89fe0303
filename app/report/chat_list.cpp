#include "app/report/chat_list.h"

#include <algorithm>
#include <map>

#include "app/domain/fields.h"
#include "app/domain/rules/derived.h"
#include "app/domain/rules/titles.h"
#include "app/domain/schema.h"
#include "app/domain/units.h"

namespace rukun {
namespace {

namespace need = fields::need;
namespace household = fields::household;

constexpr std::size_t kMostWords = 120;  // characters of what somebody wrote
constexpr std::size_t kPartRoom = 40;    // "(bagian 12 dari 34)"

std::size_t in_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<std::uint8_t>(c) & 0xC0) != 0x80;
  }));
}

// On one line, at most `most` characters, and without the marks that a messenger reads as bold.
std::string in_line(std::string_view text, std::size_t most = kMostWords) {
  std::string out;
  std::size_t count = 0;
  for (const char c : text) {
    const auto byte = static_cast<std::uint8_t>(c);
    if ((byte & 0xC0) != 0x80 && ++count > most) return out + "\u2026";
    if (std::string_view("*_~`").find(c) != std::string_view::npos) continue;
    out += byte < 0x20 || byte == 0x7F ? ' ' : c;
  }
  return out;
}

// A need that is to be listed, in its order.
struct Listed {
  std::int64_t urgency = 0;
  std::string item;
  std::int64_t needed_by = 0;
  std::uint64_t created = 0;
  RecordId id;
  std::string line;

  auto key() const {
    constexpr std::int64_t kNever = 99'999'999;
    return std::tuple(-urgency, item, needed_by == 0 ? kNever : needed_by, created, id);
  }
};

class Lister {
 public:
  Lister(Projection& records, const std::vector<SpaceInfo>& spaces, const ChatListOptions& options,
         Derived derived)
      : records_(records), spaces_(spaces), options_(options), derived_(std::move(derived)) {
    showing_.items = options.items;
    showing_.utc_offset_min = options.utc_offset_min;
  }

  Result<std::vector<Listed>> all() {
    Query query{.kind = need::kKind, .where = {{need::kClosed, Compare::equal, {}}}};
    for (const auto& space : spaces_) query.spaces.push_back(space.number);
    std::vector<Listed> out;
    TRY_VOID(records_.each_row(query, [&](Row& row) -> Result<bool> {
      const auto* aid = derived_.aid(row.space);
      const auto* balance = aid == nullptr ? nullptr : aid->need(row.id);
      if (balance == nullptr || balance->remaining <= 0) return true;
      if (!is_among(options_.only, row.space, row.id)) return true;
      if (options_.for_public && number_in(row, need::kPrivacy) != need::kPrivacyPublic) {
        ++not_public_;
        return true;
      }
      TRY(auto listed, read(row, balance->remaining));
      out.push_back(std::move(listed));
      return true;
    }));
    std::sort(out.begin(), out.end(),
              [](const Listed& a, const Listed& b) { return a.key() < b.key(); });
    return out;
  }

  std::uint64_t not_public() const { return not_public_; }

 private:
  std::string_view pick(std::string_view id, std::string_view en) const {
    return rukun::pick(options_.language, id, en);
  }

  Result<Listed> read(const Row& row, std::int64_t remaining) {
    const auto quantity = number_in(row, need::kQuantity);
    const auto unit = text_in(row, need::kUnit);
    const auto goods = [&](std::int64_t thousandths) {
      return goods_title(number_in(row, need::kCategory), text_in(row, need::kItem), thousandths,
                         unit, showing_);
    };
    Listed out{.urgency = std::max<std::int64_t>(number_in(row, need::kUrgency), 1),
               .item = goods(0),
               .needed_by = number_in(row, need::kNeededBy),
               .created = row.created.ticks,
               .id = row.id};
    out.line = in_line(goods(remaining));
    if (remaining != quantity) {
      out.line += " (" + std::string(pick("dari ", "of ")) +
                  format_thousandths(quantity, options_.language) + ")";
    }
    TRY_VOID(add_title(row, goods(quantity), out.line));
    TRY(const auto whom, whom_of(row));
    if (!whom.empty()) out.line += " - " + whom;
    if (const auto people = number_in(row, need::kPeople); people > 0)
      out.line += "; " + std::to_string(people) + std::string(pick(" orang", " people"));
    if (out.needed_by != 0) {
      out.line += "; " + std::string(pick("sebelum ", "by ")) +
                  format_date(out.needed_by, options_.language);
    }
    return out;
  }

  // What somebody called it, when that says more.
  Status add_title(const Row& row, const std::string& goods, std::string& line) {
    if (options_.for_public) return {};
    TRY(const auto title, row_title(records_, row, showing_));
    if (title != goods) line += ", " + in_line(title);
    return {};
  }

  // For members the name; for the public the RT and nothing else.
  Result<std::string> whom_of(const Row& row) {
    auto home = value_in(row, need::kHousehold);
    const auto& person = value_in(row, need::kResident);
    std::string out;
    if (const auto* id = std::get_if<RecordId>(&person)) {
      TRY(const auto resident, records_.row(row.space, *id));
      if (resident && is_none(home)) home = value_in(*resident, fields::resident::kHousehold);
      if (!options_.for_public) {
        TRY(out, record_title(records_, row.space, *id, showing_));
      }
    }
    std::string place;
    if (const auto* id = std::get_if<RecordId>(&home)) {
      TRY(const auto found, records_.row(row.space, *id));
      if (found && found->kind == household::kKind)
        place = format_rt_rw(number_in(*found, household::kRt), number_in(*found, household::kRw));
      if (!options_.for_public && out.empty()) {
        TRY(out, record_title(records_, row.space, *id, showing_));
      }
    } else if (out.empty()) {
      if (spaces_.size() > 1) place = name_of(row.space);
      // The note may name somebody, for whom alone it is.
      const auto note = text_in(row, need::kNote);
      if (!options_.for_public)
        out = note.empty() ? std::string(pick("untuk seluruh RT", "for the whole RT")) : note;
    }
    out = in_line(out);
    if (!place.empty()) out += (out.empty() ? "" : ", ") + in_line(place);
    return out;
  }

  std::string name_of(std::uint32_t number) const {
    for (const auto& space : spaces_)
      if (space.number == number) return space.name;
    return {};
  }

  Projection& records_;
  const std::vector<SpaceInfo>& spaces_;
  const ChatListOptions& options_;
  Derived derived_;
  std::uint64_t not_public_ = 0;
  FormatContext showing_{options_.language};
};

std::string urgency_heading(std::int64_t urgency, Language language) {
  const FormatContext showing(language);
  const auto& field = kind_of(need::kKind).field(need::kUrgency);
  return "*" + format_value(field, Value{urgency}, showing) + "*";
}

}  // namespace

std::vector<std::string> cut_into_messages(const std::string& title,
                                           const std::vector<ChatSection>& sections,
                                           const std::string& closing, Language language,
                                           std::size_t most) {
  const auto room = most - std::min(most, in_characters(title) + kPartRoom);
  std::vector<std::string> bodies(1);
  std::size_t used = 0;
  const auto put = [&](const std::string& line) {
    bodies.back() += line + "\n";
    used += in_characters(line) + 1;
  };
  const auto fits = [&](std::size_t more) { return used + more <= room; };
  for (const auto& section : sections) {
    bool said = false;
    for (const auto& line : section.lines) {
      const auto heading = in_characters(section.heading) + 2;
      if (!fits(in_characters(line) + 1 + (said ? 0 : heading)) && used > 0) {
        bodies.emplace_back();
        used = 0;
        said = false;
      }
      if (!said) put("\n" + section.heading);
      said = true;
      put(line);
    }
  }
  if (!closing.empty() && !fits(in_characters(closing) + 2)) bodies.emplace_back();
  if (!closing.empty()) bodies.back() += "\n" + closing + "\n";
  std::vector<std::string> out;
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    auto head = title;
    if (bodies.size() > 1) {
      head += " (" + std::string(pick(language, "bagian ", "part ")) + std::to_string(i + 1) +
              std::string(pick(language, " dari ", " of ")) + std::to_string(bodies.size()) + ")";
    }
    out.push_back(head + "\n" + bodies[i]);
  }
  return out;
}

Result<ChatList> needs_for_chat(Projection& records, const std::vector<SpaceInfo>& spaces,
                                const ChatListOptions& options) {
  std::vector<std::uint32_t> numbers;
  for (const auto& space : spaces) numbers.push_back(space.number);
  ChatList out;
  std::vector<Listed> all;
  if (!numbers.empty()) {
    TRY(auto derived, Derived::load(records, numbers, need::kKind));
    Lister lister(records, spaces, options, std::move(derived));
    TRY(all, lister.all());
    out.not_public = lister.not_public();
  }
  out.needs = all.size();
  const auto say = [&](std::string_view id, std::string_view en) {
    return std::string(pick(options.language, id, en));
  };
  auto title = "*" + say("Kebutuhan yang belum terpenuhi", "Needs that are open") + "*";
  if (spaces.size() == 1) title += " " + in_line(spaces.front().name);
  title += ", " + format_instant(options.now, options.utc_offset_min, options.language);
  std::vector<ChatSection> sections;
  std::int64_t urgency = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].urgency != urgency) {
      urgency = all[i].urgency;
      sections.push_back({urgency_heading(urgency, options.language), {}});
    }
    sections.back().lines.push_back(std::to_string(i + 1) + ". " + all[i].line);
  }
  const auto closing =
      all.empty() && out.not_public > 0 ? say("Belum ada kebutuhan yang boleh tampil di papan.",
                                              "No open need may stand on the board.")
      : all.empty() ? say("Saat ini semua kebutuhan sudah tertutup.", "All needs are covered now.")
                    : say("Bisa membantu? Sebut nomornya kepada pengurus RT.",
                          "Can you help? Tell the neighborhood's heads the number.");
  out.messages = cut_into_messages(title, sections, closing, options.language);
  return out;
}

}  // namespace rukun
