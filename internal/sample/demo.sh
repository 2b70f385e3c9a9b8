#!/bin/sh
# Loads the exports of the demo, gathers the plans of its small internet, reads three reports and asks what an analyst asks
# first: demo.sh QULAQ CONFIG SITE. The generator has put the exports into the folder inbox beside CONFIG; SITE is
# the program that shows the small internet. A second call changes nothing.
set -eu
qulaq=$1
config=$2
site=$3
inbox=$(dirname "$config")/inbox

# Each source has a folder of its own. A file that is there already stays untouched: it is known by then.
for source in eotinish eotinish_text cc109; do
  mkdir -p "$inbox/$source"
  for file in "$inbox/${source}"_[0-9]*; do
    place=$inbox/$source/${file##*/}
    cmp -s "$file" "$place" || ln -f "$file" "$place" 2>/dev/null || cp -p "$file" "$place"
  done
done

# ask HEADING VIEW QUESTION
ask() {
  printf '\n%s  (view %s)\n\n' "$1" "$2"
  "$qulaq" sql --config "$config" "$3"
}

echo
"$qulaq" run complaints --config "$config"

ask 'Where do answers come late? Ten regions, by share of overdue complaints' complaints_today "
  SELECT region,
    count() AS complaints,
    round(100 * avg(is_overdue), 1) AS late_percent,
    round(quantileExactIf(0.5)(assumeNotNull(days_to_close), days_to_close IS NOT NULL), 1) AS median_days,
    round(100 * countIf(ifNull(body_level, '') = 'local') / countIf(body_level IS NOT NULL), 1) AS local_bodies_percent
  FROM complaints_today
  WHERE source = 'eotinish' AND region IS NOT NULL
  GROUP BY region ORDER BY late_percent DESC, region LIMIT 10"

ask 'What do people write about, and what grows? Ten subjects, June against May' complaint_trends "
  SELECT any(c.name_ru) AS category,
    sum(t.complaints) AS half_year,
    sumIf(t.complaints, month = '2026-05-01') AS may,
    sumIf(t.complaints, month = '2026-06-01') AS june,
    round((june / may - 1) * 100, 1) AS growth_percent
  FROM complaint_trends AS t JOIN categories AS c ON c.code = t.category_code
  GROUP BY t.category_code ORDER BY half_year DESC, category LIMIT 10"

ask 'Who takes longest? Days for half and for nine in ten of 500 answers or more' complaints_today "
  SELECT if(lengthUTF8(name) > 44, concat(substringUTF8(name, 1, 43), '…'), name) AS body,
    region,
    count() AS answers,
    round(quantileExact(0.5)(days_to_close), 1) AS days_half,
    round(quantileExact(0.9)(days_to_close), 1) AS days_90
  FROM (SELECT *, replaceRegexpOne(assumeNotNull(body), '^[^\"«]*[\"«](.*)[\"»]\$', '\\\\1') AS name FROM complaints_today)
  WHERE is_closed AND days_to_close IS NOT NULL AND region IS NOT NULL
  GROUP BY name, region HAVING answers >= 500 ORDER BY days_90 DESC, days_half DESC, name LIMIT 10"

# The sites of twenty akimats, on this machine for as long as it takes. Always at the same address, so that a second
# call finds what it knows.
address=127.0.0.1:18826
"$site" -addr "$address" > "$(dirname "$config")/site.log" &
trap 'kill $! 2>/dev/null || true' EXIT INT TERM
for _ in 1 2 3 4 5 6 7 8 9 10; do
  [ -s "$(dirname "$config")/site.log" ] && break
  sleep 0.3
done
{
  cat "$config"
  printf 'plans:\n  base_url: http://%s\n  pause: 1ms # it is our own\nnetwork:\n  allow_private: true\n' "$address"
} > "$(dirname "$config")/plans.yaml"

echo
"$qulaq" run plans --config "$(dirname "$config")/plans.yaml"
"$qulaq" run monitor --config "$(dirname "$config")/plans.yaml" --quiet
kill $!
trap - EXIT INT TERM

ask 'What did the akimats promise after their meetings of the second half of 2022? By their own words' plan_progress "
  SELECT akimat, items, resolved, under_way, waiting, not_supported, resolved_share_percent AS resolved_percent, round(cost_kzt / 1e6) AS cost_mln
  FROM plan_progress WHERE half_year = '2022-H2' ORDER BY resolved_percent DESC, akimat"


# The reports hold the figures that were published in January 2023, in sentences of our own. All the rest of the demo, and so
# what the reports are compared with, is generated.
mkdir -p "$(dirname "$config")/reports"
cp -p "$(dirname "$0")"/reports/*.txt "$(dirname "$config")/reports"
echo
"$qulaq" run reports --config "$config"

ask 'What officials published in January 2023, beside what was read from three reports (ours)' compared_figures "
  SELECT question, statement AS published_statement, period, reported AS ours, published, difference
  FROM (SELECT * REPLACE (if(unit = 'kzt', reported / 1e9, reported) AS reported, if(unit = 'kzt', published / 1e9, published) AS published,
      if(unit = 'kzt', concat(statement, ', bn tenge'), statement) AS statement) FROM compared_figures)
  WHERE (question, metric) IN (('issues_raised_and_solved', 'issues_resolved_share'), ('plans_not_published', 'plan_not_published'),
      ('appeals_growth', 'appeals_received'), ('appeals_growth', 'appeals_growth'), ('local_bodies_share', 'appeals_local_share'),
      ('missed_meetings', 'meetings_missed'), ('meetings_held', 'meetings_held'), ('money_needed_and_allotted', 'budget_needed'),
      ('money_needed_and_allotted', 'budget_allocated'), ('outcome_of_central_issues', 'issues_central_level'),
      ('outcome_of_central_issues', 'issues_not_supported'), ('people_received', 'citizens_received'))
    AND subject_code = '000000000' AND channel NOT IN ('reception') AND period != '2022-H1'
  ORDER BY question, channel, period, metric DESC"

cat <<END

The same with records beside it. basis says what our side is: reports are the three above; plans and verdicts are of the sites of
this demo, which are generated, so their figures and differences say nothing of any real akimat. The complaints are generated
too, and of 2026: beside the appeals of 2022 they leave the answer empty (qulaq sql --query appeals_growth).

END
"$qulaq" sql --config "$config" --query best_and_worst_regions
echo
"$qulaq" sql --config "$config" --query plans_not_published

printf '\n%s  (qulaq publications)\n\n' 'Who published the plan of the second half of 2022, and who did not? Each line has its proof'
"$qulaq" publications --config "$config" --period 2022-H2

cat <<END

The warehouse stays. Ask on:
  $qulaq sql --config $config "SELECT * FROM complaint_leaders WHERE rank <= 5"
  $qulaq sql --config $config --list      twelve questions, each answered beside what officials published: --query NAME
  $qulaq sql --config $config "SELECT issue, measure, deadline_to, status FROM plan_items_now LIMIT 20"
  $qulaq publications show Павлодар --period 2022-H2 --config $config      the proof of one verdict
  $qulaq status --config $config
  $qulaq clickhouse --config $config      a ClickHouse for any SQL client
END
