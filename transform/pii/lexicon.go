package pii

import (
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
	"unitplace": streetName, "unit": unitWord, "money": moneyWord, "intro": introWord, "introme": introMe,
	"post": postWord, "patronymic": patronymicWord, "admin": adminWord, "famous": famousName, "beside": besideWord, "stop": stopWord, "surname": surnameWord,
	"own": ownWord, "by": byWord, "common": commonName, "complex": complexWord, "office": officeWord, "plot": plotWord, "kin": kinWord, "join": joinWord, "company": companyWord,
	"placename": placeName, "child": childWord,
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
)

// lexicon knows the roles of words by their keys.
type lexicon struct {
	whole map[string]role
	stems map[[shortestStem]byte][]stem // words that begin so, by their first bytes
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

func readLexicon(words, names string) (*lexicon, error) {
	l := &lexicon{whole: make(map[string]role), stems: make(map[[shortestStem]byte][]stem)}
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
			if row[0] == "cyr" {
				for _, form := range inflect(key) {
					l.whole[form] |= firstName
				}
			}
		}
	}
	return l, nil
}

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
	patronymicEndings = endings("ович овича овичу овичем овиче евич евича евичу евичем евиче ьич ьича ьичу ьичем " +
		"овна евна ұлы улы ұлының ұлына ұлын ұлынан ұлымен ұлында улының улына улын улынан улымен қызы кызы кизы қызының қызына қызын қызынан қызымен " +
		"кызының кызына кызын оглы uly uli ulı ovich evich ovna evna kyzy qyzy kizi")
	weakPatronymics = endings("овны овне овну овнои овною евны евне евну евнои евною ична ичны ичне ичну ичнои")
	noPatronymics   = exactly("деревне деревню уровне основна основны основне основнои верховна верховнои духовна духовнои духовны " +
		"уголовна уголовнои условна условнои условны церковна церковнои виновна виновны ежедневна ежедневнои дневнои " +
		"любовнои взрывнои чиновны равны ровне ровны ровно кровнои кровны верховны уголовны аулы акулы")
	nameEndings = endings("гуль гүл гулю гулем бек беку бекте хан ханға жан жана жану нұр нур нура бол мұрат мурат ғали гали қали кали " +
		"сұлу сулу зира зире мира мире назар ғазы гази келді кельды кельди берген болат ддин беков тай тая хат зат шат шан сұлтан султан мырза мурза дәулет даулет құл кул қожа кожа бике бибі биби")
	surnameEndings = endings("овы евы овых евых овым евым ов ова ову овым ове овои ев ева еву евым еве евои ин ина ину иным ине инои ын ына ыну ынои " +
		"скии ская ского скому ским ском скои скую цкии цкая цкого цкому цкои енко чук щук юк ук ян яна яну яном швили дзе " +
		"ович овича овичу евич евича евичу " +
		"овтың овқа овке овты овпен овтан овтың евтің евтің евке евті евпен евтен инның инге инді инмен овтын евтин " +
		"оваға ованың ованы овамен овадан еваға еваның еваны евамен ұлы улы қызы кызы баи баев беков паи пай " +
		"ov ova ev eva in ina sky skaya enko uly kyzy")
	menEndings  = endings("ов ев ин")
	notSurnames = exactly("карантин инсулин аспирин витамин керосин парафин лимузин апельсин мандарин камин жасмин алюмин остров женщин мужчин причин машин картин половин здорова сурова корова корову корове дрова голова голову голове вершин резин пружин общин десятин кабин турбин витрин " +
		"снова дева девы девой королева королевой хлева половины слова домов районов вопросов органов часов основа основе основу магазин магазина машина машину машине " +
		"причина причине половина картина больнои детскои городскои областнои сельскии сельского городскои районов " +
		"годов алматинскои казахстанскои жилищнои один одна одну новую домова готов готова готовы слова слово словам " +
		"казахстански россиискои россииская казахстанская алматинская городская областная детская сельская " +
		"қаин кирпичева бензин бензина хозяин хозяина господин гражданин гражданина община термин витрина " +
		"рук каждым поляна полян поляну хозяину кабмин кабмина кабмину")
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
	return surnameEndings.end(key, 3) && !notSurnames[string(key)]
}

// given tells whether a word in small letters is a first name and no other word, for the index.
func (l *lexicon) given(word []byte) look {
	if len(word) < len("анна") || isCapital(word, 0) {
		return 0
	}
	var room [keyRoom]byte
	r := l.roles(fold.AppendKey(room[:0], unsafe.String(unsafe.SliceData(word), len(word))))
	if r&firstName == 0 || r&(notGiven|stopWord) != 0 {
		return 0
	}
	return given
}
