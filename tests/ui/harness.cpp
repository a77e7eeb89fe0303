#include "tests/ui/harness.h"

#include <imgui.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "app/ui/widgets.h"

namespace rukun::test {
namespace {

bool can_press(const ui::Seen& seen) {
  return seen.role == ui::Role::button || seen.role == ui::Role::tile ||
         seen.role == ui::Role::chip || seen.role == ui::Role::field || seen.role == ui::Role::row;
}

ui::Rect visible_part(const ui::Seen& seen) {
  return {std::max(seen.rect.x0, seen.clip.x0), std::max(seen.rect.y0, seen.clip.y0),
          std::min(seen.rect.x1, seen.clip.x1), std::min(seen.rect.y1, seen.clip.y1)};
}

bool visible(const ui::Seen& seen) {
  const ui::Rect part = visible_part(seen);
  return part.width() > 1 && part.height() > 1;
}

std::string named(const ui::Seen& seen) {
  std::ostringstream out;
  out << "“" << seen.text << "” (" << seen.id << ") at " << seen.rect.x0 << "," << seen.rect.y0
      << "–" << seen.rect.x1 << "," << seen.rect.y1;
  return out.str();
}

ui::Color drawn_color(const Picture& picture, int x, int y) {
  const auto at = static_cast<std::size_t>(y * picture.width + x) * 4;
  const auto& p = picture.rgba;
  return static_cast<ui::Color>(p[at] << 16 | p[at + 1] << 8 | p[at + 2]);
}

}  // namespace

ui::Translator words_of(const std::string& language) {
  const std::string file = language == "xx" ? "id" : language;
  std::ifstream in(std::string(RUKUN_SOURCE_DIR) + "/assets/i18n/" + file + ".po",
                   std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  auto words = ui::Translator::from_po(file, text.str());
  if (!words) throw std::runtime_error(words.error().message);
  return language == "xx" ? words->pseudo() : std::move(*words);
}

ui::HelpBook help_book() {
  SystemFiles files;
  auto book =
      ui::HelpBook::read(files, std::string(RUKUN_SOURCE_DIR) + "/assets/help", {"id", "en"});
  if (!book) throw std::runtime_error(book.error().message);
  return std::move(*book);
}

Harness::Harness(const Stage& stage, Draw draw)
    : Player(stage.width, stage.height, stage.scale),
      words_(words_of(stage.language)),
      theme_(stage.dark ? ui::dark_theme() : ui::light_theme()),
      draw_(std::move(draw)) {
  behind_ = theme_.page;
  settle();
}

void Harness::show(Draw draw) {
  draw_ = std::move(draw);
  focus_.clear();
  window_.input().mouse_move(-1, -1);
  settle();
}

bool Harness::between_frames() {
  if (fonts_built_) return false;
  const std::string letters = words_.characters() + help_.characters(words_.language());
  fonts_ = font_set_.build({.scale = scale_, .characters = letters, .folders = {}});
  ui::apply_style(theme_, scale_);
  fonts_built_ = true;
  return true;
}

FrameWish Harness::draw(const FrameInput& input) {
  recording_.seen.clear();
  std::vector<KeyPress> keys = input.keys;
  focus_.begin_frame(keys);
  ui::Ui ui{.words = words_,
            .theme = theme_,
            .fonts = fonts_,
            .focus = focus_,
            .scale = scale_,
            .now_s = input.now_s,
            .width = static_cast<float>(input.width),
            .height = static_cast<float>(input.height),
            .keys = keys,
            .recording = &recording_,
            .help = &help_};
  ui::Commands out;
  ImGui::PushFont(fonts_.body);
  draw_(ui, out);
  ImGui::PopFont();
  focus_.end_frame();
  for (auto& command : out.take()) done_.push_back(std::move(command));
  FrameWish wish;
  wish.hold_input = focus_.holds_input();
  return wish;
}

void Player::settle() {
  int quiet = 0;
  for (int i = 0; i < 200 && quiet < 3; ++i) {
    const FrameWish wish = window_.frame(client());
    quiet = window_.input().empty() && !wish.hold_input ? quiet + 1 : 0;
  }
}

void Player::wait(double seconds) {
  window_.frame(client(), seconds);
  settle();
}

const ui::Seen* Player::find(std::string_view words) const {
  const ui::Seen* best = nullptr;
  const auto better = [&](const ui::Seen& seen) {
    if (best == nullptr) return true;
    if (seen.layer != best->layer) return seen.layer > best->layer;
    return seen.text == words && best->text != words;
  };
  for (const ui::Seen& seen : recording_.seen) {
    if (can_press(seen) && seen.text.find(words) != std::string::npos && better(seen)) best = &seen;
  }
  return best;
}

const ui::Seen* Player::find_id(std::string_view id) const {
  const auto found = std::find_if(recording_.seen.begin(), recording_.seen.end(),
                                  [id](const ui::Seen& s) { return s.id == id; });
  return found == recording_.seen.end() ? nullptr : &*found;
}

const ui::Seen* Player::focused() const {
  const auto found = std::find_if(recording_.seen.begin(), recording_.seen.end(),
                                  [](const ui::Seen& s) { return s.focused; });
  return found == recording_.seen.end() ? nullptr : &*found;
}

bool Player::sees(std::string_view words) const {
  return std::any_of(recording_.seen.begin(), recording_.seen.end(), [words](const ui::Seen& s) {
    return s.text.find(words) != std::string::npos;
  });
}

void Player::click(const ui::Rect& rect, bool shift) {
  ++inputs_;
  window_.input().mouse_move(rect.center_x(), rect.center_y());
  settle();
  window_.input().mouse_button(0, true, shift);
  window_.input().mouse_button(0, false, shift);
  settle();
}

void Player::scroll_to(const std::string& id) {
  for (int i = 0; i < 60; ++i) {
    const ui::Seen* seen = find_id(id);
    if (seen == nullptr || seen->clip.contains(seen->rect)) return;
    const bool above = seen->rect.y0 < seen->clip.y0;
    if (!above && seen->rect.y0 <= seen->clip.y0 + 2) return;
    window_.input().mouse_move(seen->clip.center_x(), seen->clip.center_y());
    window_.input().mouse_wheel(0, above ? 1.0F : -1.0F);
    settle();
  }
}

void Player::press(std::string_view words) {
  const ui::Seen* seen = find(words);
  if (seen == nullptr)
    throw std::runtime_error("nothing to press says “" + std::string(words) + "”");
  press_id(std::string(seen->id));
}

void Player::press_id(std::string_view id, bool shift) {
  const std::string name(id);
  scroll_to(name);
  const ui::Seen* seen = find_id(name);
  if (seen == nullptr) throw std::runtime_error("there is no " + name);
  if (!seen->enabled) throw std::runtime_error(name + " cannot be pressed now");
  click(visible_part(*seen), shift);
}

void Player::type(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : 3;
    std::uint32_t code = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t k = 1; k < length; ++k)
      code = code << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
    window_.input().character(code);
    ++inputs_;
    i += length;
  }
  settle();
}

void Player::drag(std::string_view id, float dx) {
  const std::string name(id);
  scroll_to(name);
  const ui::Seen* seen = find_id(name);
  if (seen == nullptr) throw std::runtime_error("there is no " + name);
  const ui::Rect rect = visible_part(*seen);
  ++inputs_;
  window_.input().mouse_move(rect.center_x(), rect.center_y());
  settle();
  window_.input().mouse_button(0, true);
  settle();
  for (int i = 1; i <= 4; ++i) {
    window_.input().mouse_move(rect.center_x() + dx * static_cast<float>(i) / 4, rect.center_y());
    settle();
  }
  window_.input().mouse_button(0, false);
  settle();
}

void Player::key(Key key, bool shift, bool ctrl) {
  ++inputs_;
  window_.input().key(key, true, shift, ctrl);
  window_.input().key(key, false, shift, ctrl);
  settle();
}

std::vector<std::string> Player::flaws() const {
  std::vector<std::string> out;
  const float least = 43.5F * scale_;
  const auto& all = recording_.seen;
  for (const ui::Seen& seen : all) {
    if (seen.role == ui::Role::cell || seen.role == ui::Role::dialog) continue;
    if (seen.cut) out.push_back("cut off: " + named(seen));
    if (seen.rect.x0 < seen.clip.x0 - 1 || seen.rect.x1 > seen.clip.x1 + 1)
      out.push_back("beyond the side: " + named(seen));
    if (can_press(seen) && seen.enabled &&
        (seen.rect.height() < least || seen.rect.width() < least)) {
      out.push_back("too small to hit: " + named(seen));
    }
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t k = i + 1; k < all.size(); ++k) {
      const auto counts = [](const ui::Seen& s) {
        return s.role != ui::Role::cell && s.role != ui::Role::dialog && visible(s);
      };
      if (!counts(all[i]) || !counts(all[k]) || all[i].layer != all[k].layer) continue;
      if (visible_part(all[i]).overlaps(visible_part(all[k])))
        out.push_back("overlap: " + named(all[i]) + " and " + named(all[k]));
    }
  }
  for (const std::string& key : spoken().missing()) out.push_back("no words for " + key);
  return out;
}

// The color behind is the most frequent of every eighth pixel.
std::vector<std::string> Player::faint_words(double least) const {
  const Picture picture = window_.picture(behind_);
  const auto brightness = [](ui::Color c) {
    return static_cast<int>((c >> 16 & 0xFF) * 3 + (c >> 8 & 0xFF) * 6 + (c & 0xFF));
  };
  int top = 0;
  for (const ui::Seen& seen : recording_.seen) top = std::max(top, seen.layer);
  std::vector<std::string> out;
  for (const ui::Seen& seen : recording_.seen) {
    if (seen.layer != top || seen.text.empty() || seen.role == ui::Role::dialog ||
        seen.role == ui::Role::field || seen.role == ui::Role::row || !visible(seen))
      continue;
    const ui::Rect part = visible_part(seen);
    if (part.height() < seen.rect.height() * 0.75F) continue;  // its words may not be in sight
    const int x0 = std::max(0, static_cast<int>(part.x0) + 1);
    const int x1 = std::min(picture.width, static_cast<int>(part.x1) - 1);
    const int y1 = std::min(picture.height, static_cast<int>(part.y1) - 1);
    std::map<ui::Color, int> counts;
    ui::Color dark = 0xFFFFFF, light = 0;
    for (int y = std::max(0, static_cast<int>(part.y0) + 1); y < y1; y += 2) {
      for (int x = x0; x < x1; ++x) {
        const ui::Color color = drawn_color(picture, x, y);
        if (brightness(color) < brightness(dark)) dark = color;
        if (brightness(color) > brightness(light)) light = color;
        if (x % 8 == 0) ++counts[color];
      }
    }
    if (counts.empty()) continue;
    const auto behind =
        std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) {
          return a.second < b.second;
        })->first;
    const double best = std::max(ui::contrast(dark, behind), ui::contrast(light, behind));
    if (best < least) out.push_back(std::to_string(best) + ": " + named(seen));
  }
  return out;
}

ui::Color Player::color_at(int x, int y) const {
  return drawn_color(window_.picture(behind_), x, y);
}

void Player::picture(const std::string& name) {
  const char* folder = std::getenv("RUKUN_PICTURES");
  if (folder == nullptr) return;
  (void)write_png(window_.picture(behind_), std::filesystem::path(folder) / (name + ".png"));
}

}  // namespace rukun::test
