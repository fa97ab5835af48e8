namespace NewsHub.Core.Media;

/// <summary>
/// The line in which renditions wait to be made: one that readers ask for at a time, and one that is made ahead while no reader waits.
/// Whoever asks
/// for what is in the line already waits for the same one. Of several askers the one with the fewest in the line goes first, so that
/// nobody waits
/// behind another's dozens.
/// </summary>
internal sealed class RenditionQueue : IDisposable
{
    /// <summary>What may wait at once; beyond it one is told to come again.</summary>
    public const int Longest = 96;

    /// <summary>What of it may be one asker's: all pictures of a long page, and no more.</summary>
    public const int LongestOfOne = 64;

    /// <summary>When there was nothing to do for so long, the burst is over.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    private readonly object _gate = new();
    private readonly PriorityQueue<Job, (int Rank, long Number)> _waiting = new();
    private readonly Queue<Job> _ahead = new();
    private readonly Dictionary<string, Job> _jobs = [];
    private readonly Dictionary<string, int> _askers = [];
    private readonly List<Thread> _threads = [];
    private long _number;
    private bool _hasReaders;
    private bool _hasAhead;
    private TimeSpan _usual = TimeSpan.FromSeconds(0.25);
    private bool _stopped;

    /// <summary>How many wait that readers asked for.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate) return _waiting.Count;
        }
    }

    /// <summary>Waits until it has been made.</summary>
    /// <param name="name">What is made; one of a name at a time.</param>
    /// <param name="asker">Who asks; nothing is remembered of them beyond the line.</param>
    /// <param name="make">Makes it, on a thread of the line's own. It is called only when its turn has come.</param>
    /// <param name="cancel">Whoever leaves the line before their turn costs nothing more.</param>
    /// <exception cref="QueueFullException">The line is full, or this asker's part of it.</exception>
    public async Task<byte[]?> AskAsync(string name, string asker, Func<byte[]?> make, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        Job? job;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            var rank = _askers.GetValueOrDefault(asker);
            var seconds = Math.Ceiling(_waiting.Count * _usual.TotalSeconds);
            if (!_jobs.TryGetValue(name, out job))
            {
                if (_waiting.Count >= Longest || rank >= LongestOfOne)
                    throw new QueueFullException("Too many pictures are waiting to be made.")
                    {
                        RetryAfter = TimeSpan.FromSeconds(Math.Clamp(seconds, 2, 60)),
                    };
                _jobs[name] = job = new Job(name, make) { Asker = asker, Rank = rank };
                _askers[asker] = rank + 1;
                _waiting.Enqueue(job, (rank, _number++));
                Start(ref _hasReaders, niceness: 5, ahead: false);
                Monitor.PulseAll(_gate);
            }
            else if (!job.Began && rank < job.Rank && _waiting.Remove(job, out _, out var place))
            {
                // Made ahead, or for somebody with many in the line: with one more waiting for it, it goes where that one would stand.
                job.Rank = rank;
                _waiting.Enqueue(job, (rank, place.Number));
            }
            job.Waiters++;
        }
        try
        {
            return await job.Done.Task.WaitAsync(cancel);
        }
        finally
        {
            lock (_gate)
            {
                job.Waiters--;
                // Nobody wants it any more, and it has not been begun.
                if (job.Waiters == 0 && !job.Began && _waiting.Remove(job, out _, out _))
                {
                    _jobs.Remove(job.Name);
                    Left(job);
                    job.Done.TrySetCanceled(CancellationToken.None);
                }
            }
        }
    }

    /// <summary>Makes something that nobody has asked for yet, when no reader waits.</summary>
    public async Task MakeAheadAsync(string name, Func<byte[]?> make, CancellationToken cancel)
    {
        Job? job;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            if (!_jobs.TryGetValue(name, out job))
            {
                job = new Job(name, make);
                _ahead.Enqueue(job);
                Start(ref _hasAhead, niceness: 15, ahead: true);
                Monitor.PulseAll(_gate);
            }
        }
        await job.Done.Task.WaitAsync(cancel);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_stopped) return;
            _stopped = true;
            foreach (var job in _jobs.Values.Concat(_ahead).Where(j => !j.Began)) job.Done.TrySetCanceled(CancellationToken.None);
            Monitor.PulseAll(_gate);
        }
        // What is being made is finished: its file is whole or not there.
        foreach (var thread in _threads) thread.Join(TimeSpan.FromSeconds(10));
    }

    private void Start(ref bool has, int niceness, bool ahead)
    {
        if (has) return;
        has = true;
        var thread = new Thread(() =>
        {
            NativeMemory.StandBack(niceness);
            Work(ahead);
        })
        { IsBackground = true, Name = ahead ? "Renditions ahead" : "Renditions" };
        _threads.Add(thread);
        thread.Start();
    }

    private void Work(bool ahead)
    {
        var worked = false;
        while (Next(ahead, ref worked) is { } job)
        {
            worked = true;
            var began = TimeProvider.System.GetTimestamp();
            try
            {
                var made = job.Make();
                End(job);
                job.Done.TrySetResult(made);
            }
            catch (Exception e)
            {
                End(job);
                job.Done.TrySetException(e);
            }
            lock (_gate)
            {
                _usual = (_usual * 3 + TimeProvider.System.GetElapsedTime(began)) / 4;
                if (_waiting.Count > 0) continue;
            }
            NativeMemory.GiveBack();
        }
    }

    private Job? Next(bool ahead, ref bool worked)
    {
        while (true)
        {
            lock (_gate)
            {
                // Readers go first.
                bool Nothing() => ahead ? _ahead.Count == 0 || _waiting.Count > 0 : _waiting.Count == 0;
                var rested = false;
                while (!_stopped && Nothing() && !rested) rested = !Monitor.Wait(_gate, worked ? Rest : Timeout.InfiniteTimeSpan);
                if (_stopped) return null;
                if (!Nothing())
                {
                    var job = ahead ? _ahead.Dequeue() : _waiting.Dequeue();
                    job.Began = true;
                    if (ahead) _jobs.TryAdd(job.Name, job);
                    else Left(job);
                    return job;
                }
            }
            worked = false;
            NativeMemory.GiveBackAll();
        }
    }

    private void End(Job job)
    {
        lock (_gate)
        {
            if (_jobs.GetValueOrDefault(job.Name) == job) _jobs.Remove(job.Name);
            Monitor.PulseAll(_gate);
        }
    }

    private void Left(Job job)
    {
        if (_askers[job.Asker] == 1) _askers.Remove(job.Asker);
        else _askers[job.Asker]--;
        Monitor.PulseAll(_gate);
    }

    private sealed class Job(string name, Func<byte[]?> make)
    {
        public string Name => name;
        public Func<byte[]?> Make => make;
        public TaskCompletionSource<byte[]?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public string Asker { get; init; } = "";
        public int Rank { get; set; }
        public int Waiters { get; set; }
        public bool Began { get; set; }
    }
}
