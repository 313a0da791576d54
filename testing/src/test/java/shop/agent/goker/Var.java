package shop.agent.goker;

/// A variable that goroutines share, such as a captured loop variable of Go.
final class Var<T> {
    T value;

    Var(T value) {
        this.value = value;
    }
}
