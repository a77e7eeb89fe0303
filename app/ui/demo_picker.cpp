// Made-up files to choose from, and what would come of one of them.
#include "app/ui/demo_views.h"

namespace rukun::ui {

void fill_demo_picker(DemoViews& out, bool english) {
  PickerView& picker = out.picker;
  picker.number = 1;
  picker.field = "exchange.folder";
  picker.wanted = PickFor::spreadsheet;
  picker.places = {{"/media/sari/FLASHDISK", "FLASHDISK", true},
                   {"/home/sari/Dokumen/RT 003", "RT 003", false},
                   {"/home/sari/Dokumen", english ? "Documents" : "Dokumen", false},
                   {"/", english ? "This computer" : "Laptop ini", false}};
  picker.folder = "/media/sari/FLASHDISK";
  picker.up = "/media/sari";
  const char* folder = "folder";
  picker.rows = {{"/media/sari/FLASHDISK/Rukun", "Rukun", folder, true},
                 {"/media/sari/FLASHDISK/Surat", english ? "Letters" : "Surat", folder, true},
                 {"/media/sari/FLASHDISK/warga-2025.xlsx", "warga-2025.xlsx", "48 kB", false},
                 {"/media/sari/FLASHDISK/kebutuhan.csv", "kebutuhan.csv", "6 kB", false}};
  picker.hidden = 12;

  ImportView& import = out.import;
  import.open = true;
  import.kinds = {{"household", english ? "Household" : "Keluarga"},
                  {"resident", english ? "Resident" : "Warga"},
                  { "need",
                    english ? "Need" : "Kebutuhan" }};
  import.kind = "household";
  import.file = "/media/sari/FLASHDISK/warga-2025.xlsx";
  import.preview = ImportResult{
      "118",
      "4",
      "31",
      "2",
      {english ? "row 17, RT: “tiga” is no whole number" : "baris 17, RT: “tiga” bukan bilangan",
       english ? "row 90, Head of household: must be filled in"
               : "baris 90, Kepala keluarga: harus diisi"},
      0,
      {english ? "The column “Agama” is not known and was left out."
               : "Kolom “Agama” tidak dikenal, tidak dibaca."},
      false};
}

}  // namespace rukun::ui
