// Package region turns words about places into KATO codes: the classifier of administrative and territorial
// objects of Kazakhstan, nine digits, the first two of them the region's. It knows the republic, its regions
// (области and the three cities of republican significance), every district and town administration, and the
// districts of Astana, Almaty and Shymkent; each with the days on which it was valid, across the reforms of
// 2018-06-19 and 2022-06-08.
//
// A code is right or absent. A name that more than one place bears is ambiguous and has no code; a unit whose
// code of an earlier day could not be established has none on that day.
//
// # Names
//
// A name may stand in any case of Russian or Kazakh, in Kazakh letters or the Russian ones typed for them, in any
// of the Latin alphabets of Kazakh and in English, abbreviated («Акм.обл», ВКО) or as it was called once
// («Целиноград»). One slip of the hand is forgiven where no other name is as near, where the name has five
// letters or more, and where the word is no other place's and no ordinary one. Beside a region the other names are
// those of its own units.
//
// # Text
//
// Inside other text a name counts with a type word beside it («Аппарат акима Бостандыкского района города
// Алматы»), and without one only where it is said as places are: alone between signs, behind «в», «из»,
// «акимат», with a Kazakh ending of place. Streets, waters, firms, people and what is named after people are no
// places, and «Республики Казахстан» behind a ministry is none either. Of a region and a district in it the
// district is meant; two units that do not lie in one another are ambiguous; a district in a region where it
// never was, or one that the table does not know, is none.
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
//	unit.go        a unit and the reading of units.tsv
//	words.tsv      type words, and the words beside a name that say what it is
//	words.go       the reading of words.tsv
//	letters.go     letters that stand for one another: Kazakh and Russian, Cyrillic and Latin
//	phrase.go      a line of text as words
//	forms.go       a name in its other cases
//	index.go       names and all their forms
//	fuzzy.go       names one slip away
//	match.go       which units a name may mean, and which of them the day leaves
//	mention.go     the names in a text, with their type words
//	stranger.go    districts and towns that only their region can explain
//	said.go        whether a name without a type word is said as places are
//	text.go        which unit the names of a text come to
//	settlement.go  towns and villages below the districts, where the classifier was imported
//	classifier.go  the reading of the classifier's rows
//	memo.go        answers remembered
//	gazetteer.go   the questions: Resolve, Pair, Units, Today, TodayOn
package region
