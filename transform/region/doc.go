// Package region turns words about places into KATO codes: the classifier of administrative and territorial
// objects of Kazakhstan, nine digits, the first two of them the region's. It knows the republic, its regions
// (области and the three cities of republican significance), every district and town administration, and the
// districts of Astana, Almaty and Shymkent; each with the days on which it was valid, across the reforms of
// 2018-06-19 and 2022-06-08.
//
// A code is right or absent. A name that more than one place bears is ambiguous and has no code; a unit whose
// code of an earlier day could not be established has none on that day. Streets, people, institutions and
// anything else that is not wholly the name of a place are no place.
//
// # Days
//
// A name means the unit that bears it on the day asked for, whatever it is called then: «Нур-Султан» of
// 2024 is Astana, «г.Шымкент» of 2017 the town of South Kazakhstan, «ЮКО» of today the Turkistan region.
// A unit founded after the day is the unit that it lay wholly inside of, where that is known: «область Абай»
// of 2021 is East Kazakhstan.
//
// # The two columns of a complaint
//
// Exports print the names of the day they were made, so a complaint may be older or younger than its names.
// Pair answers for the day asked for:
//
//	region          district          on          region code  district code  why
//	область Абай    Семей Г.А.        2023-05-01  100000000    101000000      both valid
//	область Абай    Семей Г.А.        2021-05-01  630000000    632800000      today's names, old day
//	область Абай    Абайский район    2021-05-01  630000000    -              old code not established
//	область Абай    -                 2021-05-01  630000000    -              the region it was carved out of
//	область Абай    район Жаңасемей   2023-05-01  100000000    101000000      lay inside Семей before 2024
//	область Ұлытау  Абайский район    2021-05-01  350000000    -              of Karaganda, never of Ulytau
//	ВКО             Семей Г.А.        2021-05-01  630000000    632800000      both valid
//	ВКО             Семей Г.А.        2023-05-01  100000000    101000000      old names, new day: the district moved
//	ВКО             Глубоковский      2023-05-01  630000000    634000000      the district stayed
//	ВКО             -                 2023-05-01  630000000    -              the region of that name and day
//	ЮКО             Шымкент Г.А.      2023-05-01  790000000    -              the town became a region
//	г.Шымкент       Абайский район    2017-05-01  510000000    511000000      the town was a district
//	г.Шымкент       Илийский район    2023-05-01  790000000    -              cannot be there
//	Есиль           Семей Г.А.        2023-05-01  -            -              no region, so no district
//
// # Files
//
//	units.tsv     the units, their names and where the facts come from
//	unit.go       a unit and the reading of units.tsv
//	words.go      a line of text as words: folding of letters, type words
//	match.go      which units a name may mean, and which of them the day leaves
//	gazetteer.go  the questions: Resolve, Pair, Units, Today, TodayOn
package region
