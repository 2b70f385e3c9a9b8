package pii

import (
	"bytes"
	_ "embed"
	"fmt"
	"strings"
	"unicode/utf8"
	"unsafe"

	"github.com/qulaq-kz/qulaq/internal/fold"
)

//go:embed words.tsv
var wordsFile string

//go:embed names.tsv
var namesFile string

// role is a set of what a word may be.
type role uint64

var roleNames = map[string]role{
	"phone": phoneWord, "number": numberWord, "iin": iinWord, "bin": binWord, "account": accountWord, "card": cardWord,
	"iban": ibanWord, "plate": plateWord, "document": documentWord, "licence": licenceWord, "documentno": documentNo,
	"house": houseWord, "houses": housesWord, "khouse": houseAfter, "flat": flatWord, "kflat": flatAfter,
	"building": buildingWord, "notdwelling": notDwelling, "street": streetBefore, "streetafter": streetAfter,
	"micro": microWord, "address": addressWord, "honoured": honouredWord, "institution": institutionWord,
	"placeafter": placeAfter, "title": titleWord, "streetword": streetPart, "streetname": streetName,
	"unitplace": streetName | unitPlace, "unit": unitWord, "money": moneyWord, "intro": introWord, "introme": introMe,
	"post": postWord, "patronymic": patronymicWord, "admin": adminWord, "famous": famousName, "beside": besideWord, "stop": stopWord, "surname": surnameWord,
	"own": ownWord, "by": byWord, "common": commonName, "complex": complexWord, "office": officeWord, "plot": plotWord, "kin": kinWord, "join": joinWord, "company": companyWord,
	"placename": placeName, "child": childWord, "hostel": hostelWord,
}

const (
	phoneWord role = 1 << iota
	numberWord
	iinWord
	binWord
	accountWord
	cardWord
	ibanWord
	plateWord
	documentWord
	documentNo
	licenceWord
	houseWord
	housesWord
	houseAfter
	flatWord
	flatAfter
	buildingWord
	notDwelling
	streetBefore
	streetAfter
	microWord
	addressWord
	honouredWord
	institutionWord
	placeAfter
	titleWord
	streetPart
	streetName
	unitWord
	moneyWord
	introWord
	introMe
	postWord
	stopWord
	surnameWord
	firstName
	nominative // of a first name
	patronymicWord
	adminWord
	famousName
	besideWord
	ownWord
	byWord
	commonName
	complexWord
	officeWord
	plotWord
	kinWord
	joinWord
	companyWord
	placeName
	childWord
	unitPlace // of a streetName: a micro-district, the number after which is its own
	hostelWord
)

// lexicon knows the roles of words by their keys.
type lexicon struct {
	whole   map[string]role
	russian map[string]role               // names, their Kazakh letters as Russian ones
	stems   map[[shortestStem]byte][]stem // words that begin so, by their first bytes
}

type stem struct {
	key  string
	role role
}

const (
	shortestStem = 4 // bytes: two Cyrillic letters
	keyRoom      = 192
)

// roles returns what the word with this key may be.
func (l *lexicon) roles(key []byte) role {
	roles := l.whole[string(key)]
	if len(key) >= shortestStem {
		for _, s := range l.stems[[shortestStem]byte(key)] {
			if len(key) >= len(s.key) && string(key[:len(s.key)]) == s.key {
				roles |= s.role
			}
		}
	}
	return roles
}

// name returns firstName for the key of a name that is spelt with other Kazakh letters than in the table, or with none:
// Гүлнәр and Гулнар for Гүлнар.
func (l *lexicon) name(key []byte) role {
	if len(key) < shortestSpelt || len(key) > keyRoom/2 {
		return 0
	}
	var room [keyRoom]byte
	like := room[:0]
	for i := 0; i < len(key); {
		r, size := utf8.DecodeRune(key[i:])
		like = utf8.AppendRune(like, fold.RussianLike(r))
		i += size
	}
	if r := l.russian[string(like)]; r != 0 {
		return r
	}
	stem, _ := nameCases.cut(like, shortestSpelt)
	if stem == nil {
		return 0
	}
	return (l.russian[string(stem)] | l.russian[string(append(stem, "а"...))]) & firstName
}

var nameCases = endings("а у ом е ем ы и ои ю я дын дин тын тин нын нин га ге ка ке ды ди ты ти ны ни да де та те дан ден тан тен нан нен мен бен пен")

const shortestSpelt = 10 // bytes: five letters

func readLexicon(words, names string) (*lexicon, error) {
	l := &lexicon{whole: make(map[string]role), russian: make(map[string]role), stems: make(map[[shortestStem]byte][]stem)}
	rows, err := fold.ReadTable(words, 2)
	if err != nil {
		return nil, fmt.Errorf("words.tsv: %w", err)
	}
	for _, row := range rows {
		r := roleNames[row[0]]
		if r == 0 {
			return nil, fmt.Errorf("words.tsv: no role is called %q", row[0])
		}
		for word := range strings.FieldsSeq(row[1]) {
			text, cut := strings.CutSuffix(word, "*")
			key := fold.Key(strings.ReplaceAll(text, "_", " "))
			switch {
			case key == "" || cut && len(key) < shortestStem:
				return nil, fmt.Errorf("words.tsv: %q is too short", word)
			case cut:
				first := [shortestStem]byte([]byte(key))
				l.stems[first] = append(l.stems[first], stem{key, r})
			default:
				l.whole[key] |= r
			}
		}
	}
	rows, err = fold.ReadTable(names, 2)
	if err != nil {
		return nil, fmt.Errorf("names.tsv: %w", err)
	}
	for _, row := range rows {
		for name := range strings.FieldsSeq(row[1]) {
			key := fold.Key(name)
			l.whole[key] |= firstName | nominative
			l.russian[fold.RussianKey(name)] |= firstName | nominative
			if row[0] != "cyr" {
				continue
			}
			for _, form := range inflect(key) {
				l.whole[form] |= firstName
			}
			own := l.roles([]byte(key)) // of a name that is a word as well
			for _, form := range latinForms(strings.ToLower(name)) {
				if len(form) >= shortestLatin {
					l.whole[form] |= own
				}
			}
		}
	}
	return l, nil
}

// shortestLatin is how many letters a name has at least to be known in Latin ones: shorter ones are English words.
const shortestLatin = 4

// kazakhEndings are the case endings of a name, whatever it ends in: a form that nobody says does no harm.
var kazakhEndings = strings.Fields("дың дің тың тің ның нің ға ге қа ке ды ді ты ті ны ні да де та те " +
	"дан ден тан тен нан нен мен бен пен ға га")

// inflect returns the forms of a name in both languages, as keys.
func inflect(key string) (forms []string) {
	stem, last := key, ""
	if _, size := utf8.DecodeLastRuneInString(key); size > 0 {
		stem, last = key[:len(key)-size], key[len(key)-size:]
	}
	var endings string
	switch last {
	case "а":
		endings = "ы и е у ои ой ею"
	case "я":
		endings = "и ю еи е"
	case "и": // Андрей, Юрий: й is и in keys
		endings = "я ю ем е и"
	case "ь":
		endings = "я ю ем е и ью"
	case "о", "е", "у", "ы", "і", "ү", "ұ", "ә":
	default:
		stem, endings = key, "а у ом е ем"
	}
	for ending := range strings.FieldsSeq(endings) {
		forms = append(forms, fold.Key(stem+ending))
	}
	for _, ending := range kazakhEndings {
		forms = append(forms, fold.Key(key+ending))
	}
	switch key { // the vowel that flees
	case "павел":
		forms = append(forms, "павла", "павлу", "павлом", "павле")
	case "петр":
		forms = append(forms, "петра", "петру", "петром", "петре")
	}
	return forms
}

// patronymicEndings in all cases. An ending that ordinary words have too is in weakPatronymics: «деревне», «основной».
var (
	patronymicEndings = endings("ныч ныча нычу нычем лыч лыча лычу лычем еич еича еичу еичем аич аича аичу ович овича овичу овичем овиче евич евича евичу евичем евиче ьич ьича ьичу ьичем " +
		"овна евна ұлы улы ұлының ұлына ұлын ұлынан ұлымен ұлында улының улына улын улынан улымен қызы кызы кизы қызының қызына қызын қызынан қызымен " +
		"кызының кызына кызын оглы оглу углы угли ұғлы uly uli ulı ovich evich ovna evna kyzy qyzy kizi")
	weakPatronymics = endings("овны овне овну овнои овною евны евне евну евнои евною ична ичны ичне ичну ичнои")
	noPatronymics   = exactly("деревне деревню уровне основна основны основне основнои верховна верховнои духовна духовнои духовны " +
		"уголовна уголовнои условна условнои условны церковна церковнои виновна виновны ежедневна ежедневнои дневнои " +
		"любовнои взрывнои чиновны равны ровне ровны ровно кровнои кровны верховны уголовны аулы акулы")
	nameEndings = endings("гуль гүл гулю гулем бек беку бекте хан ханға жан жана жану нұр нур нура бол мұрат мурат ғали гали қали кали " +
		"сұлу сулу зира зире мира мире назар ғазы гази келді кельды кельди берген болат ддин беков тай тая әлі қазы пейіс мбет мбета нбет дулла долла улла хаммед хамед рахим рахман жон керім карим берлі берлы хат зат шат шан сұлтан султан мырза мурза дәулет даулет құл кул қожа кожа бике бибі биби")
	surnameEndings = endings("овы евы овых евых овым евым ов ова ову овым ове овои ев ева еву евым еве евои ин ина ину иным ине инои ын ына ыну ынои " +
		"скии ская ского скому ским ском скои скую цкии цкая цкого цкому цкои енко чук щук юк ук ян яна яну яном швили дзе " +
		"ович овича овичу евич евича евичу " +
		"иных ыных овыми евыми иными ыными ыным овтың овқа овке овты овпен овтан овтың евтің евтің евке евті евпен евтен инның инге инді инмен овтын евтин " +
		"оваға ованың ованы овамен овадан еваға еваның еваны евамен ұлы улы қызы кызы баи баев беков паи пай " +
		"ov ova ev eva in ina sky skaya enko uly kyzy")
	noSurnameEndings = endings("лаин заин кудук кудык") // Билайн, Дизайн, Каракудук
	menEndings       = endings("ов ев ин")
	notSurnames      = exactly("карантин инсулин аспирин витамин керосин парафин лимузин апельсин мандарин камин жасмин алюмин остров женщин мужчин причин машин картин половин здорова сурова корова корову корове дрова голова голову голове вершин резин пружин общин десятин кабин турбин витрин " +
		"снова дева девы девой королева королевой хлева половины слова домов районов вопросов органов часов основа основе основу магазин магазина машина машину машине " +
		"причина причине половина картина больнои детскои городскои областнои сельскии сельского городскои районов " +
		"годов алматинскои казахстанскои жилищнои один одна одну новую домова готов готова готовы слова слово словам " +
		"казахстански россиискои россииская казахстанская алматинская городская областная детская сельская " +
		"қаин кирпичева бензин бензина хозяин хозяина господин гражданин гражданина община термин витрина " +
		"ветеранов директоров депутатов инвалидов пенсионеров юристов адвокатов мастеров докторов профессоров рук каждым поляна полян поляну хозяину кабмин кабмина кабмину")
)

func exactly(list string) map[string]bool {
	set := make(map[string]bool)
	for _, key := range strings.Fields(list) {
		set[fold.Key(strings.ReplaceAll(key, "_", " "))] = true
	}
	return set
}

// endingSet is a list of endings, by the last byte of each.
type endingSet [256][]string

func endings(list string) *endingSet {
	set := new(endingSet)
	for ending := range strings.FieldsSeq(list) {
		key := fold.Key(ending)
		set[key[len(key)-1]] = append(set[key[len(key)-1]], key)
	}
	return set
}

// end tells whether a key has one of the endings and at least so many bytes before it.
func (set *endingSet) end(key []byte, least int) bool {
	if len(key) == 0 {
		return false
	}
	for _, e := range set[key[len(key)-1]] {
		if len(key) >= len(e)+least && string(key[len(key)-len(e):]) == e {
			return true
		}
	}
	return false
}

// cut returns a key without the longest of the endings and that ending, if at least so many bytes are before it.
func (set *endingSet) cut(key []byte, least int) (stem []byte, ending string) {
	if len(key) == 0 {
		return nil, ""
	}
	for _, e := range set[key[len(key)-1]] {
		if len(e) > len(ending) && len(key) >= len(e)+least && string(key[len(key)-len(e):]) == e {
			stem, ending = key[:len(key)-len(e)], e
		}
	}
	return stem, ending
}

// isPatronymic tells a patronymic by its ending. A weak one needs a first name before it.
func isPatronymic(key []byte) (sure, weak bool) {
	if noPatronymics[string(key)] {
		return false, false
	}
	return patronymicEndings.end(key, 4), weakPatronymics.end(key, 4)
}

// compound tells a Kazakh name by its last part: Бибинұр, Ахметжан, Кульзира. It is weaker than the table.
func compound(key []byte) bool { return nameEndings.end(key, 4) }

// surnameLike tells a surname by its ending, in both languages and every case.
func surnameLike(key []byte) bool {
	return surnameEndings.end(key, 3) && !notSurnames[string(key)] && !noSurnameEndings.end(key, 2)
}

// given tells whether a word in small letters is a first name and no other word, for the index.
func (l *lexicon) given(word []byte) look {
	if len(word) < len("анна") || isCapital(word, 0) {
		return 0
	}
	var room [keyRoom]byte
	key := fold.AppendKey(room[:0], unsafe.String(unsafe.SliceData(word), len(word)))
	r := l.roles(key)
	if r&firstName != 0 && r&(notGiven&^streetName) == 0 || l.fathers(key, r) {
		return given
	}
	return 0
}

// fathers tells a surname made of a first name, in any case: Кенжебекова, Иванову. In small letters most other words that
// end as surnames do are plurals: «домов», «районов».
func (l *lexicon) fathers(key []byte, r role) bool {
	if r&(notPlain&^surnameWord) != 0 || notSurnames[string(key)] {
		return false
	}
	stem, ending := fatherEndings.cut(key, 4)
	if stem == nil {
		return false
	}
	if compound(stem) || l.father(stem) || len(stem) >= len("Тусба") && strings.HasPrefix(ending, "ев") && bytes.HasSuffix(stem, []byte("ба")) {
		return true // Турсунбаева, too
	}
	var room [keyRoom]byte
	full := append(room[:0], stem...)
	if strings.HasPrefix(ending, "е") { // Сергеи, Дмитрии
		return l.father(append(full, "и"...))
	}
	return l.father(append(full, "а"...)) || l.father(append(full[:len(stem)], "я"...)) // Никитин, Ильин
}

// father tells a first name that is no word besides.
func (l *lexicon) father(key []byte) bool {
	r := l.whole[string(key)]
	return r&nominative != 0 && r&(notPlain|commonName|placeName) == 0
}

var fatherEndings = endings("ов ова ову овым ове овои овы овых овыми ев ева еву евым еве евои евы евых евыми ин ина ину иным ине инои")
