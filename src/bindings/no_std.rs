//! What a WebAssembly module without the standard library has to bring along.
//!
//! The standard library's panic and its allocator are 20 KB that the `verify`
//! and `replay` modules never use: they allocate nothing, and a panic that
//! cannot be reached needs no message.

// wasm-bindgen links `alloc`, so an allocator has to exist: it refuses.
#[global_allocator]
static NO_HEAP: lol_alloc::FailAllocator = lol_alloc::FailAllocator;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
