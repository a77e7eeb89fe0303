#include "app/domain/headings.h"

#include <algorithm>

#include "app/domain/fold.h"

namespace rukun {
namespace {

constexpr EverydayHeadings kEveryday[] = {
    {"household", "name",
     "Nama|Nama KK|Kepala KK|Nama kepala keluarga|Nama kepala KK|Nama keluarga|Keluarga|Name|"
     "Family|Family name|Household"},
    {"household", "kk_number",
     "Nomor KK|NKK|No kartu keluarga|Nomor kartu keluarga|Kartu keluarga|Nomor KK/NKK"},
    {"household", "address",
     "Alamat rumah|Alamat lengkap|Alamat tinggal|Alamat domisili|Alamat KK|Jalan"},
    {"household", "dusun", "Lingkungan|Kampung|Nama dusun"},
    {"household", "people",
     "Jiwa|Jml jiwa|Jumlah anggota|Jml anggota|Anggota|Anggota keluarga|Jumlah anggota keluarga|"
     "Jml anggota keluarga|Jumlah orang|Jml orang|Jumlah warga|Persons|Members|Household size"},
    {"household", "infants", "Jumlah balita|Jml balita|Bayi|Bayi dan balita|Bayi/balita|Toddlers"},
    {"household", "elderly", "Jumlah lansia|Jml lansia|Manula|Lanjut usia|Usia lanjut"},
    {"household", "disabled",
     "Difabel|Jumlah disabilitas|Jml disabilitas|Jumlah difabel|Jml difabel|"
     "Penyandang disabilitas"},
    {"household", "pregnant", "Hamil|Bumil|Jumlah ibu hamil|Jml ibu hamil|Jumlah bumil"},
    {"household", "location", "Lokasi|Koordinat|Titik koordinat|GPS|Coordinates|Lat/lng|Lat/long"},
    {"resident", "household",
     "Kepala keluarga|Nama KK|Kepala KK|Nama kepala keluarga|Nama keluarga|Head of household"},
    {"resident", "name", "Nama lengkap|Nama warga|Nama penduduk|Warga|Full name"},
    {"resident", "nik",
     "No NIK|Nomor NIK|No KTP|Nomor KTP|KTP|NIK/No KTP|Nomor induk kependudukan|National id no"},
    {"resident", "sex", "JK|L/P|Kelamin|Jenis kelamin L/P|JK L/P|Gender"},
    {"resident", "birth_date", "Tgl lahir|Tahun lahir|Th lahir|Lahir|Birthdate|Birthday|DOB"},
    {"resident", "birth_place", "Tmpt lahir|Kota lahir|Birthplace"},
    {"resident", "family_role",
     "Hubungan|SHDK|Hub keluarga|Hubungan dalam keluarga|Status dalam keluarga|"
     "Status hubungan dalam keluarga"},
    {"resident", "disability", "Cacat|Difabel|Jenis disabilitas|Jenis cacat"},
    {"resident", "pregnant", "Ibu hamil|Bumil"},
    {"resident", "status", "Status penduduk|Status warga|Keberadaan"},
    {"need", "urgency", "Prioritas|Urgensi|Tingkat kemendesakan|Priority"},
    {"need", "household",
     "Keluarga|Kepala keluarga|Nama KK|Kepala KK|Nama kepala keluarga|Nama keluarga|Household"},
    {"need", "resident", "Warga|Nama warga|Resident"},
    {"need", "people", "Jiwa|Jumlah jiwa|Jml jiwa|Jml orang"},
    {"need", "needed_by", "Batas waktu|Paling lambat|Tenggat|Deadline|Due date"},
    {"offer", "household",
     "Keluarga|Kepala keluarga|Nama KK|Kepala KK|Nama kepala keluarga|Nama keluarga|Household"},
    {"offer", "giver", "Nama pemberi|Donatur|Nama donatur|Penyumbang|Nama penyumbang|Donor"},
    {"offer", "available_until",
     "Berlaku sampai|Berlaku hingga|Kedaluwarsa|Kadaluarsa|Kadaluwarsa|Expiry|Expires|Exp"},
    {"offer", "pickup_place", "Lokasi ambil|Tempat pengambilan|Alamat pengambilan"},
    {"pledge", "carrier", "Nama pengantar|Relawan|Kurir"},
    {"handover", "at", "Tanggal|Tgl|Tanggal serah terima|Tgl serah terima|Date"},
    {"handover", "received_by", "Penerima|Nama penerima|Recipient"},
    {"handover", "witness", "Nama saksi"},
    {"volunteer", "name", "Nama relawan|Nama lengkap|Relawan|Full name"},
    {"volunteer", "skills", "Keahlian|Kemampuan|Bidang"},
    {"volunteer", "availability", "Ketersediaan|Jadwal luang"},
    {"activity", "name", "Nama|Nama kegiatan|Name"},
    {"activity", "type", "Jenis kegiatan"},
    {"activity", "default_slots", "Jumlah relawan|Kuota"},
    {"activity", "recurrence", "Ulang|Berulang"},
    {"shift", "activity", "Nama kegiatan"},
    {"shift", "starts", "Waktu mulai|Start|Start time"},
    {"shift", "ends", "Waktu selesai|Berakhir|Sampai|End|End time"},
    {"shift", "slots", "Jumlah relawan|Kuota"},
    {"signup", "volunteer", "Nama relawan|Petugas"},
    {"signup", "household", "Kepala keluarga|Nama KK|Nama keluarga"},
    {"signup", "attendance", "Absensi|Presensi"},
    {"drive", "title", "Nama|Judul|Nama penggalangan|Name|Title"},
    {"drive", "starts", "Tanggal mulai|Tgl mulai|Start date"},
    {"drive", "ends", "Tanggal selesai|Tgl selesai|Sampai|End date"},
    {"drive", "account_note", "Rekening|No rekening|Tempat setor"},
    {"contribution", "amount", "Jml|Nominal|Nilai|Besaran|Rupiah|Jumlah (Rp)|Jumlah uang"},
    {"contribution", "at", "Tanggal|Tgl|Date"},
    {"contribution", "contributor",
     "Nama|Donatur|Nama donatur|Penyumbang|Nama penyumbang|Dari|Kepada|Name|Donor"},
    {"contribution", "evidence_note", "Keterangan|Ket|Catatan"},
    {"program", "title", "Nama|Nama program|Program|Bantuan|Nama bantuan|Name"},
    {"program", "source", "Sumber dana|Sumber"},
    {"program", "starts", "Tanggal mulai|Tgl mulai|Start date"},
    {"program", "ends", "Tanggal selesai|Tgl selesai|End date"},
    {"stock", "program", "Nama program|Program bantuan|Bantuan"},
    {"stock", "at", "Tanggal|Tgl|Tanggal masuk|Tgl masuk|Date"},
    {"stock", "source_note", "Asal barang|Sumber|Keterangan|Ket|Catatan"},
    {"entitlement", "program", "Nama program|Program bantuan|Bantuan"},
    {"entitlement", "household",
     "Kepala keluarga|Nama KK|Kepala KK|Nama kepala keluarga|Nama keluarga"},
    {"entitlement", "resident", "Nama warga"},
    {"entitlement", "exception_reason", "Alasan"},
    {"listing", "household", "Pemilik|Nama pemilik|Kepala keluarga|Owner"},
    {"listing", "business", "Nama usaha|Toko|Nama toko|UMKM|Shop"},
    {"listing", "product", "Nama produk|Barang|Nama barang|Jualan|Dagangan"},
    {"listing", "price", "Harga jual|Harga satuan|Harga (Rp)"},
    {"order", "listing", "Nama produk|Barang|Pesanan"},
    {"order", "household", "Nama pemesan|Pembeli|Nama pembeli|Kepala keluarga"},
    {"order", "wish", "Catatan|Keterangan|Ket"},
    {"training", "title", "Nama|Judul|Nama pelatihan|Name|Title"},
    {"training", "topic", "Tema"},
    {"training", "facilitator", "Narasumber|Pelatih|Instruktur|Pembicara|Speaker"},
    {"training", "materials", "Materi|Perlengkapan"},
    {"resource", "title", "Nama|Judul|Layanan|Nama layanan|Name|Title"},
    {"resource", "provider", "Instansi|Lembaga"},
    {"resource", "requirements", "Persyaratan"},
    {"resource", "contact",
     "Narahubung|Kontak person|Contact person|CP|HP|No HP|Telepon|No telepon"},
    {"resource", "hours", "Jam|Jam buka|Jam pelayanan"},
    {"resource", "deadline", "Tenggat|Paling lambat"},
    {"notice", "title", "Judul|Title"},
    {"notice", "body", "Isi pengumuman|Pesan|Message"},
    {"notice", "urgency", "Prioritas|Priority"},
    {"notice", "valid_until", "Berlaku hingga|Sampai"},
    {"report_mark", "period", "Tanggal|Tgl|Date"},
    // Behind those of one kind, which know better.
    {"", "phone",
     "HP|No HP|Nomor HP|No Telp|Telp|Tlp|No Tlp|No telepon|Nomor telepon|Handphone|WA|No WA|"
     "Nomor WA|WhatsApp|No WhatsApp|HP/WA|No HP/WA|Kontak|Phone number|Mobile"},
    {"", "rt", "No RT|Nomor RT|Rukun tetangga"},
    {"", "rw", "No RW|Nomor RW|Rukun warga"},
    {"", "item", "Nama barang|Jenis barang|Barang yang dibutuhkan|Item"},
    {"", "quantity", "Jml|Qty|Banyak|Banyaknya|Jumlah barang|Amount"},
    {"", "unit", "Sat"},
    {"", "place", "Lokasi|Location"},
    {"", "note", "Keterangan|Ket|Catatan|Notes|Remarks"},
};

}  // namespace

std::span<const EverydayHeadings> everyday_headings() { return kEveryday; }

const FieldSpec* field_headed(const KindSpec& kind, std::string_view heading) {
  const auto key = folded_key(heading);
  if (key.empty()) return nullptr;
  for (const auto& one : kEveryday) {
    if (!one.kind.empty() && one.kind != kind.name) continue;
    for (auto words = one.words; !words.empty();) {
      const auto end = std::min(words.find('|'), words.size());
      if (folded_key(words.substr(0, end)) == key)
        if (const auto* field = kind.find_field(one.field)) return field;
      words.remove_prefix(std::min(end + 1, words.size()));
    }
  }
  return nullptr;
}

bool heads_rt_and_rw(const KindSpec& kind, std::string_view heading) {
  return folded_key(heading) == "rtrw" && kind.find_field("rt") != nullptr &&
         kind.find_field("rw") != nullptr;
}

}  // namespace rukun
