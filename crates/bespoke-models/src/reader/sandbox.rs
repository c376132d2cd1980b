//! Takes from this process all that reading one file does not need: files, network, new processes, memory, time.
//!
//! Three layers, each of which may be missing on an old or foreign kernel: limits on resources, Landlock, seccomp. What
//! is missing is returned, so that it can be said; the others hold all the same.

/// Locks this process in for the rest of its life; returns what could not be had.
#[cfg(target_os = "linux")]
pub fn lock_in() -> Vec<String> {
    let mut lacks = Vec::new();
    if let Err(error) = linux::limits() {
        lacks.push(format!("limits on memory and time ({error})"));
    }
    if let Err(error) = linux::landlock() {
        lacks.push(format!("Landlock, which keeps files and network away ({error})"));
    }
    if let Err(error) = linux::seccomp() {
        lacks.push(format!("seccomp, which forbids other system calls ({error})"));
    }
    lacks
}

/// Locks this process in for the rest of its life; returns what could not be had.
#[cfg(not(target_os = "linux"))]
pub fn lock_in() -> Vec<String> {
    vec!["limits, Landlock and seccomp, which need Linux".into()]
}

#[cfg(target_os = "linux")]
mod linux {
    use landlock::{ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, RulesetStatus};
    use rlimit::Resource;
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};

    type Outcome = Result<(), Box<dyn std::error::Error>>;

    /// Address space in bytes. The program itself maps about a fifth of it.
    const MEMORY: u64 = 1 << 30;
    /// Processor seconds.
    const SECONDS: u64 = 10;

    pub fn limits() -> Outcome {
        for (resource, most) in [
            (Resource::AS, MEMORY),
            (Resource::CPU, SECONDS),
            (Resource::FSIZE, 0),
            (Resource::CORE, 0),
            (Resource::NOFILE, 16),
            (Resource::NPROC, 0),
        ] {
            rlimit::setrlimit(resource, most, most)?;
        }
        Ok(())
    }

    pub fn landlock() -> Outcome {
        let abi = ABI::V5;
        let status = Ruleset::default()
            .handle_access(AccessFs::from_all(abi))?
            .handle_access(AccessNet::from_all(abi))?
            .create()?
            .restrict_self()?;
        match status.ruleset {
            RulesetStatus::FullyEnforced => Ok(()),
            RulesetStatus::PartiallyEnforced => Err("this kernel knows only a part of it".into()),
            RulesetStatus::NotEnforced => Err("this kernel does not offer it".into()),
        }
    }

    /// All that reading a pipe, thinking and writing a pipe needs. Anything else fails with "not permitted".
    pub fn seccomp() -> Outcome {
        let allowed = [
            libc::SYS_read,
            libc::SYS_readv,
            libc::SYS_write,
            libc::SYS_writev,
            libc::SYS_close,
            libc::SYS_fstat,
            libc::SYS_lseek,
            libc::SYS_ppoll,
            libc::SYS_mmap,
            libc::SYS_munmap,
            libc::SYS_mremap,
            libc::SYS_mprotect,
            libc::SYS_madvise,
            libc::SYS_brk,
            libc::SYS_futex,
            libc::SYS_sched_yield,
            libc::SYS_sched_getaffinity,
            libc::SYS_getrandom,
            libc::SYS_clock_gettime,
            libc::SYS_clock_nanosleep,
            libc::SYS_rt_sigaction,
            libc::SYS_rt_sigprocmask,
            libc::SYS_rt_sigreturn,
            libc::SYS_sigaltstack,
            libc::SYS_restart_syscall,
            libc::SYS_getpid,
            libc::SYS_gettid,
            libc::SYS_tgkill,
            libc::SYS_exit,
            libc::SYS_exit_group,
        ];
        let rules = allowed.into_iter().map(|call| (call, Vec::new())).collect();
        let refused = SeccompAction::Errno(libc::EPERM as u32);
        let architecture = std::env::consts::ARCH.try_into()?;
        let filter = SeccompFilter::new(rules, refused, SeccompAction::Allow, architecture)?;
        let program: BpfProgram = filter.try_into()?;
        seccompiler::apply_filter(&program)?;
        Ok(())
    }
}
