namespace EdgeAgent.OpcUa.SecureChannel;

/// <summary>
/// The requests without an answer, by their id: bounded, safe for concurrent use, and without allocation once warm. It
/// remembers for a while which requests were given up, because their answers may still come.
/// </summary>
/// <param name="capacity">Most requests at a time.</param>
internal sealed class PendingRequests(int capacity)
{
    /// <summary>How many given-up requests are remembered; an answer to an older one looks like nonsense.</summary>
    public const int RememberedCount = 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<uint, PendingRequest> _requests = new(capacity + 1);
    private readonly Queue<uint> _givenUpOrder = new();
    private readonly HashSet<uint> _givenUp = [];
    private uint _lastId;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _requests.Count;
            }
        }
    }

    /// <summary>Gives the request its id.</summary>
    /// <param name="isOpen">OpenSecureChannel: always sent, there is one at a time, and without it all would
    /// end.</param>
    /// <exception cref="OpcUaException">As many as allowed are pending.</exception>
    public uint Add(PendingRequest request, bool isOpen = false)
    {
        lock (_lock)
        {
            if (_requests.Count >= capacity && !isOpen)
            {
                throw new OpcUaException(
                    StatusCodes.BadTooManyOperations,
                    $"{request.Name} was not sent: {capacity} requests wait for the server already.");
            }

            var id = NextId();
            _requests.Add(id, request);
            return id;
        }
    }

    /// <summary>An id for a request that is not answered.</summary>
    public uint NextId()
    {
        lock (_lock)
        {
            // Ids go round after four billion requests; 0 is left out, and one that has waited so long is kept.
            do
            {
                _lastId++;
            }
            while (_lastId == 0 || _requests.ContainsKey(_lastId));

            return _lastId;
        }
    }

    /// <summary>Takes out the request that is answered.</summary>
    public bool TryTake(uint id, out PendingRequest request)
    {
        lock (_lock)
        {
            return _requests.Remove(id, out request);
        }
    }

    /// <summary>Takes out a request whose answer, should it come, is to be ignored.</summary>
    public bool TryGiveUp(uint id, out PendingRequest request)
    {
        lock (_lock)
        {
            if (!_requests.Remove(id, out request))
            {
                return false;
            }

            Remember(id);
            return true;
        }
    }

    /// <summary>Whether the answer with this id belongs to a request that was given up; it is forgotten then.</summary>
    public bool WasGivenUp(uint id)
    {
        lock (_lock)
        {
            return _givenUp.Remove(id);
        }
    }

    /// <summary>Gives up one request whose deadline has passed; call until false.</summary>
    public bool TryExpire(long now, out PendingRequest request)
    {
        lock (_lock)
        {
            foreach (var (id, candidate) in _requests)
            {
                if (candidate.Deadline <= now)
                {
                    _requests.Remove(id);
                    Remember(id);
                    request = candidate;
                    return true;
                }
            }
        }

        request = default;
        return false;
    }

    /// <summary>The earliest deadline, or <see cref="long.MaxValue"/>.</summary>
    public long NextDeadline()
    {
        lock (_lock)
        {
            var next = long.MaxValue;
            foreach (var request in _requests.Values)
            {
                next = Math.Min(next, request.Deadline);
            }

            return next;
        }
    }

    /// <summary>Takes out one request after the other when the channel ends; call until false.</summary>
    public bool TryTakeAny(out PendingRequest request)
    {
        lock (_lock)
        {
            foreach (var id in _requests.Keys)
            {
                return _requests.Remove(id, out request);
            }
        }

        request = default;
        return false;
    }

    private void Remember(uint id)
    {
        if (_givenUpOrder.Count == RememberedCount)
        {
            _givenUp.Remove(_givenUpOrder.Dequeue());
        }

        _givenUpOrder.Enqueue(id);
        _givenUp.Add(id);
    }
}
