// Going on within an item: what a cut link left of a segment is told to the next peer, who then
// sends only what follows, when it has the same. Nothing here judges a segment; that is done with
// the whole, as ever.

#include "sync/limits.h"
#include "sync/session_works.h"

namespace rukun {

namespace {
constexpr std::size_t kLeastKept = 64;  // telling less costs more than it saves

constexpr LinkItemKind kKinds[] = {LinkItemKind::authority, LinkItemKind::data};
}  // namespace

void Session::Works::tell_begun(Slot& slot) {
  if (std::exchange(slot.begun_told, true)) return;
  for (const auto kind : kKinds) {
    auto& here = slot.begun(frame_of(kind))->here;
    here = host.take_unfinished(*slot.space, kind);
    if (!here) continue;
    const Beginning beginning{frame_of(kind), here->size(), prefix_hash(*here)};
    append_frame(plain, FrameType::kept, encode_kept(slot.number, beginning));
  }
}

Status Session::Works::take_kept(Reader& in) {
  TRY(Slot * slot, slot_in(in));
  TRY(const auto beginning, decode_kept(in));
  Begun* begun = slot->begun(beginning.type);
  if (std::exchange(begun->there_told, true)) return out_of_turn("a second beginning of an item");
  begun->there = beginning;
  return {};
}

std::optional<Beginning> Session::Works::begun_there(Slot& slot, const LinkItem& of) const {
  const Begun* begun = slot.begun(frame_of(of.kind));
  if (begun == nullptr || !begun->there || begun->there->size >= of.bytes.size())
    return std::nullopt;
  const auto beginning = ByteView(of.bytes).first(begun->there->size);
  return prefix_hash(beginning) == begun->there->hash ? begun->there : std::nullopt;
}

// The beginning is forgotten here, whatever becomes of the whole.
Status Session::Works::take_rest(Reader& in, std::size_t size) {
  TRY(Slot * slot, slot_in(in));
  TRY(const auto rest, decode_rest(in));
  TRY_VOID(check_allowed(*slot, rest.type, size));
  auto& here = slot->begun(rest.type)->here;
  if (!here || here->size() != rest.size) return out_of_turn("the rest of an item");
  auto whole = std::move(*here);
  here.reset();
  append(whole, rest.bytes);
  return take_bytes(*slot, rest.type, whole, size);
}

// The frame that the link was cut in. A rest that was cut goes on from all that is here by now.
std::optional<UnfinishedItem> Session::Works::cut_item() {
  const auto frame = frames.unfinished();
  if (!frame) return std::nullopt;
  Reader in(frame->body);
  const auto slot = slot_in(in);
  if (!slot || !(*slot)->space || !(*slot)->peer_is_member || !(*slot)->answer_open)
    return std::nullopt;
  auto type = static_cast<FrameType>(frame->type);
  Bytes bytes;
  if (type == FrameType::rest) {
    const auto rest = decode_rest(in);
    if (!rest) return std::nullopt;
    type = rest->type;
    const auto& here = (*slot)->begun(type)->here;
    if (!here || here->size() != rest->size) return std::nullopt;
    bytes = *here;
    append(bytes, rest->bytes);
  } else {
    const auto rest = in.raw(in.left());
    bytes.assign(rest.begin(), rest.end());
  }
  Begun* begun = (*slot)->begun(type);
  if (begun == nullptr || bytes.size() < kLeastKept || bytes.size() > limits::kSegmentSealed)
    return std::nullopt;
  begun->here.reset();
  const auto kind = type == FrameType::authority ? LinkItemKind::authority : LinkItemKind::data;
  return UnfinishedItem{*(*slot)->space, kind, std::move(bytes)};
}

std::vector<UnfinishedItem> Session::Works::take_unfinished() {
  std::vector<UnfinishedItem> found;
  if (auto cut = cut_item()) found.push_back(std::move(*cut));
  for (auto& slot : slots)
    for (const auto kind : kKinds) {
      Begun& begun = *slot.begun(frame_of(kind));
      if (!begun.here) continue;
      auto bytes = std::move(*begun.here);
      begun.here.reset();
      // Whoever gave all that it had, and began anew, has not got this.
      if (state == SessionState::finished && begun.whole_came) continue;
      found.push_back({*slot.space, kind, std::move(bytes)});
    }
  return found;
}

std::size_t Session::Works::beginning_bytes() const {
  std::size_t bytes = 0;
  for (const auto& slot : slots)
    for (const auto* begun : {&slot.begun_authority, &slot.begun_data})
      bytes += begun->here ? begun->here->size() : 0;
  return bytes;
}

}  // namespace rukun
