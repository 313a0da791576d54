/// The checks of `gofer.vet` as checks of Error Prone, which loads them from the processor path.
@org.jspecify.annotations.NullMarked
package gofer.vet.errorprone;
