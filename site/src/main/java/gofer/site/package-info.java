/// Writes the documents of the repository as a static web site. [Site] begins; [Sources] says what belongs in it.
@org.jspecify.annotations.NullMarked
package gofer.site;
