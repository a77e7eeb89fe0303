// The consolidated lists as views. Each joins within a space, so each can be distributed by space;
// totals only add up what the others give.

#include "app/publish/schema.h"

namespace rukun {
namespace {

// As app/report/consolidated.cpp says it: a fresh report mark, else a need changed within 7 days.
constexpr std::string_view kReporting = R"sql(
SELECT s.space, s.name, s.area, s.last_exchange, s.published_at, n.latest AS latest_need,
  CASE WHEN m.complete THEN 'reported'
       WHEN m.space IS NOT NULL THEN 'nothing_needed'
       WHEN n.latest >= now() - interval '7 days' THEN 'reported'
       ELSE 'not_reported' END AS state
FROM %.space s
LEFT JOIN (SELECT space, bool_or(state IS DISTINCT FROM 'nothing_needed') AS complete
           FROM %.report_mark
           WHERE period >= (timezone(interval '7 hours', now()) - interval '7 days')::date
           GROUP BY space) m ON m.space = s.space
LEFT JOIN (SELECT space, max(record_changed) AS latest FROM %.need GROUP BY space) n
  ON n.space = s.space)sql";

// Grams become kilograms and milliliters liters where nothing is lost, as in the report.
constexpr std::string_view kNeeds = R"sql(
SELECT r.space, r.name, r.area, r.state, g.category, g.item,
  CASE WHEN g.whole AND g.unit = 'g' THEN 'kg'
       WHEN g.whole AND g.unit = 'ml' THEN 'liter' ELSE g.unit END AS unit,
  (g.needed / g.divisor)::numeric(30,3) AS needed,
  (g.promised / g.divisor)::numeric(30,3) AS promised,
  (g.delivered / g.divisor)::numeric(30,3) AS delivered,
  (g.remaining / g.divisor)::numeric(30,3) AS remaining,
  coalesce(g.needs, 0) AS needs, r.last_exchange
FROM %.reporting r
LEFT JOIN (
  SELECT t.*, CASE WHEN t.whole AND t.unit IN ('g', 'ml') THEN 1000 ELSE 1 END AS divisor
  FROM (SELECT space, category, item, sum_unit AS unit, sum(sum_needed) AS needed,
          sum(sum_promised) AS promised, sum(sum_delivered) AS delivered,
          sum(sum_remaining) AS remaining, count(*) AS needs,
          mod(sum(sum_needed), 1) = 0 AND mod(sum(sum_promised), 1) = 0 AND
          mod(sum(sum_delivered), 1) = 0 AND mod(sum(sum_remaining), 1) = 0 AS whole
        FROM %.need WHERE sum_needed IS NOT NULL
        GROUP BY space, category, item, sum_unit) t
) g ON g.space = r.space)sql";

constexpr std::string_view kTotals = R"sql(
SELECT category, item, unit, sum(needed) AS needed, sum(promised) AS promised,
  sum(delivered) AS delivered, sum(remaining) AS remaining, sum(needs) AS needs,
  count(DISTINCT space) AS spaces
FROM %.consolidated_needs WHERE needs > 0 GROUP BY category, item, unit)sql";

constexpr std::string_view kHandedOut = R"sql(
SELECT h.space, s.name, s.area, h.record, h."at", coalesce(n.item, e.item) AS item, h.quantity,
  coalesce(n.unit, e.unit) AS unit, n.category, e.program, g.title AS program_title, g.source,
  h.confirmed, h.receipt_code
FROM %.handover h
JOIN %.space s ON s.space = h.space
LEFT JOIN %.pledge p ON p.space = h.space AND p.record = h.pledge
LEFT JOIN %.need n ON n.space = h.space AND n.record = coalesce(h.need, p.need)
LEFT JOIN %.entitlement e ON e.space = h.space AND e.record = h.entitlement
LEFT JOIN %.program g ON g.space = h.space AND g.record = e.program)sql";

constexpr std::string_view kLedger = R"sql(
SELECT t.space, s.name, t.program, g.title AS program_title, t.item, t.unit,
  sum(t.stocked) AS stocked, sum(t.handed) AS handed_out, sum(t.stocked - t.handed) AS balance
FROM (SELECT space, program, item, unit, quantity AS stocked, 0::numeric AS handed FROM %.stock
      UNION ALL
      SELECT e.space, e.program, e.item, e.unit, 0::numeric, h.quantity
      FROM %.handover h
      JOIN %.entitlement e ON e.space = h.space AND e.record = h.entitlement) t
JOIN %.space s ON s.space = t.space
LEFT JOIN %.program g ON g.space = t.space AND g.record = t.program
GROUP BY t.space, s.name, t.program, g.title, t.item, t.unit)sql";

constexpr std::string_view kHouseholds = R"sql(
SELECT h.space, s.name, s.area, h.rw, h.rt, count(*) AS households, sum(h.people) AS people,
  sum(h.infants) AS infants, sum(h.elderly) AS elderly, sum(h.disabled) AS disabled,
  sum(h.pregnant) AS pregnant
FROM %.household h JOIN %.space s ON s.space = h.space
WHERE h.status IS DISTINCT FROM 'moved' AND h.status IS DISTINCT FROM 'gone'
GROUP BY h.space, s.name, s.area, h.rw, h.rt)sql";

constexpr std::string_view kRoster = R"sql(
SELECT f.space, s.name, f.record, a.name AS activity, a.type, f.starts, f.ends,
  coalesce(f.place, a.place) AS place, f.slots, f.joined, f.waiting, f.cancelled
FROM %.shift f
JOIN %.space s ON s.space = f.space
LEFT JOIN %.activity a ON a.space = f.space AND a.record = f.activity)sql";

}  // namespace

const std::vector<PublishedView>& published_views() {
  static const std::vector<PublishedView> kViews{
      {"reporting", "Siapa sudah lapor / Who has reported: reported, nothing_needed, not_reported",
       kReporting},
      {"consolidated_needs", "Rekap kebutuhan per RT / Needs by neighborhood", kNeeds},
      {"consolidated_totals", "Rekap seluruhnya / All neighborhoods together", kTotals},
      {"handed_out", "Penyaluran / What was handed to whom's neighborhood, and under which program",
       kHandedOut},
      {"program_ledger", "Stok program: masuk, keluar, saldo / Program stock: in, out, balance",
       kLedger},
      {"household_summary",
       "Jumlah keluarga dan kelompok rentan / Households and vulnerable groups", kHouseholds},
      {"roster", "Jadwal dan petugas / Shifts and how many have joined", kRoster},
  };
  return kViews;
}

}  // namespace rukun
