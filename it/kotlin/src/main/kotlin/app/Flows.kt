package app

import gofer.chan.RecvChan
import gofer.context.Context
import gofer.interop.Publishers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.jdk9.asFlow
import kotlinx.coroutines.jdk9.asPublisher

/** Returns a flow that takes the values of a channel. */
fun <T : Any> flow(chan: RecvChan<T>): Flow<T> = Publishers.of(chan).asFlow()

/** Returns a channel with the values of a flow, until `ctx` ends. At most 16 of them wait in the channel. */
fun <T : Any> chan(ctx: Context, flow: Flow<T>): RecvChan<T> = Publishers.chan(ctx, flow.asPublisher(), 16)
