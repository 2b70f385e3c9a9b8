package fetch

import "context"

type watcher struct{}

// Watch returns a context under which every attempt of every client is told, once it ended. Who is told must not wait.
func Watch(ctx context.Context, told func(Attempt)) context.Context {
	return context.WithValue(ctx, watcher{}, told)
}

// tell tells who watches.
func tell(ctx context.Context, a Attempt) {
	if told, ok := ctx.Value(watcher{}).(func(Attempt)); ok {
		told(a)
	}
}
