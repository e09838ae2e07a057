//! Runs jobs beside each other, in lanes: most tests wait for a browser, a server or
//! a disk, and meanwhile another job can use the processor.

use std::{
    sync::{Condvar, Mutex},
    thread,
};

pub struct Job<W> {
    pub work: W,
    /// The places of the jobs that must have succeeded before; they come earlier in
    /// the list.
    pub needs: Vec<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Waiting,
    Running,
    Succeeded,
    Failed,
    /// Something that it needs has failed.
    LeftOut,
}

/// Does each job, the earlier ones first, and returns those that were left out because
/// something that they need has failed.
pub fn run<W: Copy + Sync>(jobs: &[Job<W>], lanes: usize, work: impl Fn(W) -> bool + Sync) -> Vec<W> {
    let states = Mutex::new(vec![State::Waiting; jobs.len()]);
    let changed = Condvar::new();
    let lane = || {
        let mut now = states.lock().unwrap();
        while let Some(first) = now.iter().position(|state| *state == State::Waiting) {
            let is_ready = |place: &usize| {
                now[*place] == State::Waiting
                    && jobs[*place].needs.iter().all(|need| now[*need] == State::Succeeded)
            };
            let Some(place) = (first..jobs.len()).find(is_ready) else {
                now = changed.wait(now).unwrap();
                continue;
            };
            now[place] = State::Running;
            drop(now);
            let has_succeeded = work(jobs[place].work);
            now = states.lock().unwrap();
            now[place] = if has_succeeded { State::Succeeded } else { State::Failed };
            for (later, job) in jobs.iter().enumerate() {
                if job.needs.iter().any(|need| matches!(now[*need], State::Failed | State::LeftOut)) {
                    now[later] = State::LeftOut;
                }
            }
            changed.notify_all();
        }
    };
    thread::scope(|scope| {
        for _ in 0..lanes {
            scope.spawn(lane);
        }
    });
    let states = states.into_inner().unwrap();
    jobs.iter().zip(states).filter(|(_, state)| *state == State::LeftOut).map(|(job, _)| job.work).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Barrier,
        atomic::{AtomicUsize, Ordering},
    };

    use super::*;

    fn jobs(all: &[(&'static str, &[usize])]) -> Vec<Job<&'static str>> {
        all.iter().map(|(work, needs)| Job { work: *work, needs: needs.to_vec() }).collect()
    }

    #[test]
    fn two_jobs_run_at_the_same_time() {
        let meeting = Barrier::new(2);
        let left_out = run(&jobs(&[("a", &[]), ("b", &[])]), 2, |_| {
            meeting.wait();
            true
        });
        assert!(left_out.is_empty());
    }

    #[test]
    fn no_more_jobs_run_at_the_same_time_than_there_are_lanes() {
        let (running, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        run(&jobs(&[("", [].as_slice()); 40]), 2, |_| {
            most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            thread::yield_now();
            running.fetch_sub(1, Ordering::SeqCst);
            true
        });
        assert!(most.into_inner() <= 2);
    }

    #[test]
    fn a_job_waits_for_what_it_needs_and_a_later_one_does_not_wait_with_it() {
        for lanes in [1, 2] {
            let order = Mutex::new(Vec::new());
            let later_has_run = Barrier::new(lanes);
            run(&jobs(&[("build", &[]), ("needs build", &[0]), ("later", &[])]), lanes, |job| {
                if job != "needs build" {
                    later_has_run.wait();
                }
                order.lock().unwrap().push(job);
                true
            });
            let order = order.into_inner().unwrap();
            let place = |name| order.iter().position(|job| *job == name).unwrap();
            assert!(order.len() == 3 && place("build") < place("needs build"), "{order:?}");
        }
    }

    #[test]
    fn what_needs_a_failed_job_is_left_out_and_the_rest_runs() {
        let done = Mutex::new(Vec::new());
        let all = jobs(&[("build", &[]), ("test", &[0]), ("test of the test", &[1]), ("other", &[])]);
        let left_out = run(&all, 2, |job| {
            done.lock().unwrap().push(job);
            job != "build"
        });
        assert_eq!(left_out, ["test", "test of the test"]);
        let mut done = done.into_inner().unwrap();
        done.sort_unstable();
        assert_eq!(done, ["build", "other"]);
    }
}
