//! The boundary to the page: bytes go in and out through the linear memory.

use std::alloc::{Layout, alloc, dealloc};

/// Room for `length` bytes, which the page fills and gives to [`bespoke_answer`]; null where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn bespoke_reserve(length: usize) -> *mut u8 {
    match layout(length) {
        // SAFETY: the layout is not of size zero.
        Some(layout) => unsafe { alloc(layout) },
        None => std::ptr::null_mut(),
    }
}

/// Gives back what [`bespoke_reserve`] gave, or an answer of [`bespoke_answer`] that has been copied.
///
/// # Safety
/// `start` and `length` are those of such a room, which is not used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bespoke_release(start: *mut u8, length: usize) {
    if let Some(layout) = layout(length) {
        // SAFETY: the caller says that it was reserved with this length, thus with this layout.
        unsafe { dealloc(start, layout) }
    }
}

/// Carries out a command, which is JSON, on a file. The answer is JSON: its place in the upper 32 bits, its length in the
/// lower ones. The page releases all three rooms.
///
/// # Safety
/// Both rooms were reserved with these lengths and filled.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bespoke_answer(
    command: *const u8,
    command_length: usize,
    file: *const u8,
    file_length: usize,
) -> u64 {
    // SAFETY: the caller says that both are reserved and filled; nothing writes to them during this call.
    let (command, file) = unsafe {
        (
            std::slice::from_raw_parts(command, command_length),
            std::slice::from_raw_parts(file, file_length),
        )
    };
    let answer = super::answer(command, file);
    let start = bespoke_reserve(answer.len());
    if start.is_null() {
        return 0;
    }
    // SAFETY: the room was just reserved for this many bytes and overlaps nothing.
    unsafe { std::ptr::copy_nonoverlapping(answer.as_ptr(), start, answer.len()) };
    ((start as u64) << 32) | answer.len() as u64
}

/// A room is never of size zero.
fn layout(length: usize) -> Option<Layout> {
    Layout::array::<u8>(length.max(1)).ok()
}
