// Package fetch is the polite HTTP client: one request at a time per host with a pause between them, few
// and spread retries, the server's own wish to wait honoured, limits on size, time and redirects, an
// honest name. A host that refuses time after time is left alone. What robots.txt says is obeyed where the
// program found an address by itself (Request.Crawl); an address that the operator names is his to ask for. It reaches public addresses only, unless told otherwise, and keeps credentials to the host
// they are for. Every attempt is recorded: an accusation that something was not published needs them.
//
// Where to look:
//
//	fetch.go      Client, Options, Get; what is tried again and what is not
//	hop.go        one request: headers, status, body, redirect
//	body.go       a body with a limit of size and of silence
//	host.go       whose turn it is at a host, and which host rests
//	crawl.go      which addresses a crawling request may go to
//	robots.go     what a robots.txt says
//	dial.go       addresses that are not for us
//	wait.go       how long to wait before trying again
//	redact.go     addresses without their secrets
//
// Proxies are not used, and those of the environment are ignored: the rule about private addresses holds
// at the moment of connecting, and behind a proxy the client cannot see what is connected to.
package fetch
