#include "app/domain/memory_words.h"

namespace rukun {

std::vector<std::string> memory_warnings(const MemoryRisks& risks, Language language) {
  std::vector<std::string> out;
  if (risks.plain_swap)
    out.emplace_back(
        pick(language,
             "Swap komputer ini tidak dienkripsi: isi memori, juga yang sedang terbuka di Rukun, "
             "bisa tersimpan di disk, terlebih saat hibernasi. Kunci layar sebelum meninggalkan "
             "laptop, matikan hibernasi, atau enkripsi swap",
             "This computer's swap is not encrypted: what is in memory, also what is open in "
             "Rukun, can end up on the disk, the more so when it hibernates. Lock before you "
             "leave the laptop, turn hibernation off, or encrypt the swap"));
  if (risks.cannot_lock)
    out.emplace_back(
        pick(language,
             "Sistem tidak mengizinkan kunci ditahan di memori (mlock), sehingga bisa ikut "
             "tersimpan ke swap. Naikkan batasnya: ulimit -l",
             "The system does not let keys be held in memory (mlock), so they may be written to "
             "swap. Raise the limit: ulimit -l"));
  return out;
}

}  // namespace rukun
