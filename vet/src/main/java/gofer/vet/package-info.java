/// The checks of `gofer vet`: [gofer.vet.Vet] runs them in a compiler, [gofer.vet.GoferVet] is the plugin for javac.
package gofer.vet;
