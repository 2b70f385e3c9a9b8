// Package notify tells people: it writes the texts of a night's digest and of the heartbeat in Russian, Kazakh or
// English, and sends them by chat, mail or webhook through the services of shoutrrr.
//
// An address of a service is a secret as a whole (https://shoutrrr.nickfedor.com lists the forms: telegram://…,
// smtp://…, slack://…, generic+https://…). It is neither printed nor part of an error.
//
// Where to look:
//
//	notify.go   the services, and how a message is sent
//	redact.go   what an error of a service may say
//	digest.go   the texts
//	words.yaml  their words
package notify

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/nicholas-fedor/shoutrrr/pkg/router"
	"github.com/nicholas-fedor/shoutrrr/pkg/types"

	"github.com/qulaq-kz/qulaq"
)

// Message is what is sent. The title is the first line of the text, and the subject of a mail.
type Message struct {
	Title, Text string
}

// Limits of a configuration.
const (
	MaxServices = 20
	maxAddress  = 2000 // bytes
)

// patience is how long one message to one service may take.
const patience = 30 * time.Second

// Sender sends messages to the services that an operator chose. It is safe for concurrent use.
type Sender struct {
	services []service
	patience time.Duration
}

// service is one address.
type service struct {
	name    string // the kind, and its number where there are several of one kind: telegram, telegram-2
	kind    string
	address string
}

// New reads the addresses of services and asks nobody. Errors are of kind Configuration; they name the place of an
// address in the list and nothing of what it holds.
func New(addresses []string) (*Sender, error) {
	s := &Sender{patience: patience}
	if len(addresses) > MaxServices {
		return nil, wrong(fmt.Errorf("%d addresses are more than %d", len(addresses), MaxServices))
	}
	kinds := map[string]int{}
	for i, a := range addresses {
		kind, err := kindOf(a)
		if err != nil {
			return nil, wrong(fmt.Errorf("urls[%d]: %w", i, err))
		}
		kinds[kind]++
		name := kind
		if n := kinds[kind]; n > 1 {
			name = fmt.Sprintf("%s-%d", kind, n)
		}
		s.services = append(s.services, service{name: name, kind: kind, address: a})
	}
	return s, nil
}

func wrong(err error) error {
	return &qulaq.Error{
		Op: "read addresses of notifications", Kind: qulaq.Configuration, Err: err,
		Hint: "an address is like telegram://TOKEN@telegram?chats=@channel or generic+https://host/path, and belongs into the environment",
	}
}

// kindOf returns which service an address is of. Its errors hold nothing of the address but a short scheme.
func kindOf(address string) (string, error) {
	if address == "" {
		return "", errors.New("the address is empty")
	}
	if len(address) > maxAddress {
		return "", fmt.Errorf("the address is longer than %d bytes", maxAddress)
	}
	u, err := url.Parse(address)
	if err != nil { // the parser quotes the address
		return "", errors.New("this is no address")
	}
	kind, _, _ := strings.Cut(strings.ToLower(u.Scheme), "+")
	if !slices.Contains((&router.ServiceRouter{}).ListServices(), kind) {
		return "", errors.New("the program knows no service by the word before ://")
	}
	return kind, nil
}

// Services names the services in the order of their addresses. A name holds nothing secret and stays the same when a
// token is changed, so that it can be written down what a service was sent.
func (s *Sender) Services() []string {
	names := make([]string, len(s.services))
	for i, x := range s.services {
		names[i] = x.name
	}
	return names
}

// Send sends a message to one service and waits half a minute at most. An error is of kind Transient, names the service
// and holds nothing of its address. After an error nobody knows whether the message arrived: an answer may have got
// lost on its way.
func (s *Sender) Send(ctx context.Context, name string, m Message) error {
	i := slices.IndexFunc(s.services, func(x service) bool { return x.name == name })
	if i < 0 {
		return &qulaq.Error{Op: "notify", Object: name, Kind: qulaq.Bug, Err: errors.New("there is no such service")}
	}
	x := s.services[i]
	ctx, cancel := context.WithTimeout(ctx, s.patience)
	defer cancel()
	answer := make(chan error, 1)
	go func() { answer <- x.send(m) }() // the library has no way to stop it
	var err error
	select {
	case <-ctx.Done():
		err = ctx.Err()
	case err = <-answer:
		if err != nil {
			err = errors.New(redact(err.Error(), x.address))
		}
	}
	if err == nil {
		return nil
	}
	return &qulaq.Error{Op: "notify", Object: name, Kind: qulaq.Transient, Err: err, Hint: "the next run of the monitor sends it again"}
}

// send hands a message to the library. Some services are asked something already while they are made, so this is not
// done before there is something to say.
func (x service) send(m Message) (err error) {
	defer func() {
		if p := recover(); p != nil { // a fault in one of many services must not end a night's run
			err = fmt.Errorf("the service's program failed: %v", p)
		}
	}()
	made, err := (&router.ServiceRouter{}).Locate(x.address)
	if err != nil {
		return err
	}
	params := types.Params{}
	if x.kind == "smtp" {
		params.SetTitle(m.Title) // elsewhere it is the first line of the text
	}
	return made.Send(m.Text, &params)
}
